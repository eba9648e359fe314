import { helpPath } from '../help/helpPath';
import { Dialog } from '../ui/Dialog';
import { useWorkspace } from '../workspace/workspaceContext';
import { failureSentence } from '../api/refusals';
import { useCall } from './useCall';

/** No audio connection came about: what was tried, and what to do (S81-S83). */
export function MediaFailed() {
  const { engine } = useWorkspace();
  const { mediaFailure } = useCall();
  if (mediaFailure === null) {
    return null;
  }

  const { cause, transportsTried } = mediaFailure.failure;
  return (
    <Dialog title="No audio connection" testId="media-failed" onClose={() => void engine.giveUp()}>
      {cause !== null && <p>{failureSentence(cause)}</p>}
      {cause === null && (
        <p>
          This browser could not reach the media server within 15 seconds. Usually a firewall stands in between: it has to
          let the addresses below through.
        </p>
      )}
      {transportsTried.length > 0 && (
        <ul className="transports" data-testid="transports-tried">
          {transportsTried.map((transport) => (
            <li key={transport}>{transport}</li>
          ))}
        </ul>
      )}
      {cause === null && transportsTried.length === 0 && (
        <p className="hint">The media server named no address, or its answer did not arrive.</p>
      )}
      <p className="hint">
        <a
          href={helpPath('the-call-drops-after-a-few-seconds-or-never-connects')}
          target="_blank"
          rel="noopener noreferrer"
          data-testid="media-help"
        >
          What to do about it
        </a>
        , for you and for your admin.
      </p>
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" onClick={() => void engine.giveUp()}>
          Leave the call
        </button>
        <button type="button" className="button button-primary" data-testid="media-retry" onClick={() => void engine.retry()}>
          Try again
        </button>
      </div>
    </Dialog>
  );
}
