import { useMemo } from 'react';
import type { CallState } from '../call/callState';
import { useParticipants } from '../call/useParticipants';
import { handOrder } from '../hands/handOrder';
import { latestReactions, type ShownReaction } from '../reactions/shownReactions';
import { ParticipantTile } from './ParticipantTile';
import { tileSize, tilesMax } from './tileSize';

interface TileGridProps {
  state: CallState;
  reactions: readonly ShownReaction[];
  onMore: () => void;
}

/** Everybody in the call, whoever matters most first; of very many, the first ones. */
export function TileGrid({ state, reactions, onMore }: TileGridProps) {
  const participants = useParticipants(state, reactions);
  const { sessions } = state.call;
  const hands = useMemo(() => handOrder(sessions), [sessions]);
  const latest = useMemo(() => latestReactions(reactions), [reactions]);
  const shown = participants.length > tilesMax ? participants.slice(0, tilesMax - 1) : participants;
  return (
    <ul className="tiles" aria-label="Participants" data-testid="tiles" data-size={tileSize(participants.length)} tabIndex={0}>
      {shown.map((session) => (
        <ParticipantTile
          key={session.sessionId}
          state={state}
          session={session}
          hand={hands.get(session.sessionId)}
          reaction={latest.get(session.sessionId)}
        />
      ))}
      {shown.length < participants.length && (
        <li className="tile tile-more">
          <button type="button" className="link-button" data-testid="more-participants" onClick={onMore}>
            and {participants.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}
