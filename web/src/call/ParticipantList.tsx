import { useMemo, useState } from 'react';
import { handOrder } from '../hands/handOrder';
import { latestReactions, type ShownReaction } from '../reactions/shownReactions';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import type { CallState } from './callState';
import { ParticipantRow } from './ParticipantRow';
import { useParticipants } from './useParticipants';

const searchFrom = 12; // Fewer are seen at a glance.
const rowsMax = 100; // Of a thousand, whoever is further down is found by name.

/** Every session of the call; a user with two devices stands here twice (S19). */
export function ParticipantList({ state, reactions }: { state: CallState; reactions: readonly ShownReaction[] }) {
  const workspace = useWorkspace().state;
  const participants = useParticipants(state, reactions);
  const [wanted, setWanted] = useState('');
  const { sessions } = state.call;
  const hands = useMemo(() => handOrder(sessions), [sessions]);
  const devices = useMemo(() => countDevices(state), [state]);
  const latest = latestReactions(reactions);
  const found = participants.filter(({ userId }) => isNamed(nameOf(workspace, userId), wanted));
  const more = found.length - rowsMax;

  return (
    <>
      {sessions.length >= searchFrom && (
        <input
          className="input participant-search"
          type="search"
          placeholder="Find somebody"
          aria-label="Find somebody in the call"
          value={wanted}
          data-testid="participant-search"
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <ul className="participants" aria-label="Participants" data-testid="participants" tabIndex={0}>
        {found.slice(0, rowsMax).map((session) => (
          <ParticipantRow
            key={session.sessionId}
            state={state}
            session={session}
            hand={hands.get(session.sessionId)}
            reaction={latest.get(session.sessionId)}
            isSpeaking={state.speaking.sessionIds.includes(session.sessionId)}
            showsDevice={(devices.get(session.userId) ?? 0) > 1}
          />
        ))}
        {found.length === 0 && <li className="hint">Nobody here has that name.</li>}
        {more > 0 && <li className="hint">and {more} more: write a name to find them</li>}
      </ul>
    </>
  );
}

function countDevices({ call }: CallState): Map<string, number> {
  const counts = new Map<string, number>();
  call.sessions.forEach(({ userId }) => counts.set(userId, (counts.get(userId) ?? 0) + 1));
  return counts;
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}
