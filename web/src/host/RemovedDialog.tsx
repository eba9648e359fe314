import { sessionEndedSentence } from '../call/endings';
import { useCall } from '../call/useCall';
import { Dialog } from '../ui/Dialog';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';

/** Told to the one who was removed: by whom, and whether they may come back (S40). */
export function RemovedDialog() {
  const { engine, state } = useWorkspace();
  const { removal } = useCall();
  if (removal === null) {
    return null;
  }

  const close = () => engine.forgetRemoval();
  return (
    <Dialog title="You were removed" testId="removed-dialog" onClose={close}>
      <p>{sessionEndedSentence('removed', nameOf(state, removal.by))}</p>
      <p className="hint" data-testid="removed-blocked">
        {removal.isBlocked ? 'You cannot join this call again; the next one in this channel you can.' : 'You may join again.'}
      </p>
      <div className="dialog-actions">
        <button type="button" className="button button-primary" data-testid="removed-close" onClick={close}>
          Understood
        </button>
      </div>
    </Dialog>
  );
}
