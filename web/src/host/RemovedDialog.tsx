import { sessionEndedSentence } from '../call/endings';
import { Dialog } from '../ui/Dialog';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import { useRemoval } from './useRemoval';

/** Told to the one who was removed: by whom, and whether they may come back (S40). */
export function RemovedDialog() {
  const { state } = useWorkspace();
  const { removal, isJoining, mayJoin, joinAgain, close } = useRemoval();
  if (removal === null) {
    return null;
  }

  return (
    <Dialog title="You were removed" testId="removed-dialog" onClose={close}>
      <p>{sessionEndedSentence('removed', nameOf(state, removal.by))}</p>
      <p className="hint" data-testid="removed-blocked">
        {removal.isBlocked ? 'You cannot join this call again; the next one in this channel you can.' : 'You may join again.'}
      </p>
      <div className="dialog-actions">
        {mayJoin && (
          <button type="button" className="button button-quiet" disabled={isJoining} data-testid="removed-join" onClick={joinAgain}>
            {isJoining ? 'Joining…' : 'Join again'}
          </button>
        )}
        <button type="button" className="button button-primary" data-testid="removed-close" onClick={close}>
          Understood
        </button>
      </div>
    </Dialog>
  );
}
