import type { SessionSnapshot } from '../protocol/answers';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { plainStart } from './callStart';
import { deviceName } from './thisDevice';

/** I am in the call on another device: go on here, or take part from here as well (S19). */
export function MoveHere({ channelId, from }: { channelId: string; from: SessionSnapshot }) {
  const { join } = useWorkspace();
  return (
    <>
      <button
        type="button"
        className="button button-quiet join-too"
        title="Join from this device, too"
        data-testid="call-button"
        onClick={() => join(channelId)}
      >
        <span className="call-button-text">Join here too</span>
      </button>
      <button
        type="button"
        className="button button-live"
        title={`Go on here, and leave on ${deviceName(from)}`}
        data-testid="move-here"
        onClick={() => join(channelId, { ...plainStart, from: from.sessionId })}
      >
        <Icon name="call" size={18} />
        <span className="call-button-text">Move here</span>
      </button>
    </>
  );
}
