import { handOrder } from '../hands/handOrder';
import { latestReactions, type ShownReaction } from '../reactions/shownReactions';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallState } from './callState';
import { ParticipantRow } from './ParticipantRow';
import { participantOrder } from './participantOrder';

/** Every session of the call; a user with two devices stands here twice (S19). */
export function ParticipantList({ state, reactions }: { state: CallState; reactions: readonly ShownReaction[] }) {
  const workspace = useWorkspace().state;
  const { call, speaking } = state;
  const hands = handOrder(call.sessions);
  const latest = latestReactions(reactions);
  const devices = new Map<string, number>();
  call.sessions.forEach(({ userId }) => devices.set(userId, (devices.get(userId) ?? 0) + 1));

  return (
    <ul className="participants" aria-label="Participants" data-testid="participants" tabIndex={0}>
      {participantOrder(call.sessions, (userId) => nameOf(workspace, userId)).map((session) => (
        <ParticipantRow
          key={session.sessionId}
          state={state}
          session={session}
          hand={hands.get(session.sessionId)}
          reaction={latest.get(session.sessionId)}
          isSpeaking={speaking.sessionIds.includes(session.sessionId)}
          showsDevice={(devices.get(session.userId) ?? 0) > 1}
        />
      ))}
    </ul>
  );
}
