import { Avatar } from '../ui/Avatar';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallState } from './callState';
import { presentUsers } from './presentUsers';
import { speakingSentence, speakingUsers } from './speaking';

/** Whose voice is heard right now; in a quiet call, who is there. */
export function SpeakingNow({ state }: { state: CallState }) {
  const workspace = useWorkspace().state;
  const speakers = speakingUsers(state);
  const shown = speakers.length > 0 ? speakers : presentUsers(state.call);
  return (
    <div className="speaking-now" data-speaking={speakers.length > 0} data-testid="speaking-now">
      <span className="avatar-row" aria-hidden="true">
        {shown.slice(0, 3).map((userId) => (
          <span key={userId} className="ring" data-speaking={speakers.includes(userId)}>
            <Avatar user={workspace.users[userId]} size={28} />
          </span>
        ))}
      </span>
      <span className="speaking-text">
        {speakers.length > 1 && <span className="visually-hidden">Speaking: </span>}
        {speakingSentence(speakers, workspace.me.id, (userId) => nameOf(workspace, userId), shown.length)}
      </span>
    </div>
  );
}
