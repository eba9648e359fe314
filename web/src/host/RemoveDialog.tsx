import { useState } from 'react';
import type { Removal } from '../api/hosts';
import type { CallState } from '../call/callState';
import type { SessionSnapshot } from '../protocol/answers';
import { Dialog } from '../ui/Dialog';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';

interface RemoveDialogProps {
  state: CallState;
  session: SessionSnapshot;
  onRemove: (removal: Removal) => void;
  onClose: () => void;
}

/** Asks before somebody is taken out of the call, and for how long (S40, S41). */
export function RemoveDialog({ state, session, onRemove, onClose }: RemoveDialogProps) {
  const workspace = useWorkspace().state;
  const [isBlocked, setBlocked] = useState(false);
  const [takesAll, setTakesAll] = useState(false);
  const isMine = session.userId === workspace.me.id;
  const name = isMine ? 'you' : nameOf(workspace, session.userId);
  const devices = state.call.sessions.filter((other) => other.userId === session.userId && other.sessionId !== state.sessionId);
  const deviceName = devices.length > 1 ? session.device?.name : null;

  return (
    <Dialog title={isMine ? 'Take your other device out?' : `Remove ${name}?`} testId="remove-dialog" onClose={onClose}>
      <p>
        {isMine
          ? 'It leaves the call at once, and may join again.'
          : `${name} leaves the call at once and is told that you did it. ${isBlocked ? 'They cannot come back to this call.' : 'They may join again.'}`}
        {deviceName != null && ` This is about the device “${deviceName}”.`}
      </p>
      {devices.length > 1 && !isMine && (
        <label className="check">
          <input
            type="checkbox"
            checked={takesAll || isBlocked}
            disabled={isBlocked}
            data-testid="remove-all"
            onChange={(event) => setTakesAll(event.target.checked)}
          />
          All {devices.length} devices of {name}
        </label>
      )}
      {!isMine && (
        <label className="check">
          <input
            type="checkbox"
            checked={isBlocked}
            data-testid="remove-block"
            onChange={(event) => setBlocked(event.target.checked)}
          />
          Also block {name} for the rest of this call
        </label>
      )}
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-danger"
          data-testid="remove-confirm"
          onClick={() => {
            onClose();
            // Who is blocked on one device must not go on listening on another.
            onRemove({ sessionId: session.sessionId, block: isBlocked, allSessions: takesAll || isBlocked });
          }}
        >
          {isBlocked ? 'Remove and block' : 'Remove'}
        </button>
      </div>
    </Dialog>
  );
}
