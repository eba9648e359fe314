import { Avatar } from '../ui/Avatar';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import { type CallState, findSession } from './callState';
import { presentUsers } from './presentUsers';

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
      <span className="speaking-text">{sentence(speakers.map(label), shown.length)}</span>
    </div>
  );

  function label(userId: string): string {
    return userId === workspace.me.id ? 'You' : nameOf(workspace, userId);
  }
}

function speakingUsers(state: CallState): string[] {
  const { sessionIds, dominant } = state.speaking;
  const ordered = [...sessionIds].sort((a, b) => Number(b === dominant) - Number(a === dominant));
  return [...new Set(ordered.flatMap((id) => findSession(state, id)?.userId ?? []))];
}

function sentence(names: string[], present: number): string {
  const [first, ...others] = names;
  if (first === undefined) {
    return present === 1 ? 'Nobody else is here yet' : 'Nobody is speaking';
  }

  if (others.length > 0) {
    return `${first} and ${others.length === 1 ? (others[0] ?? '') : `${others.length} others`} are speaking`;
  }

  return first === 'You' ? 'You are speaking' : `${first} is speaking`;
}
