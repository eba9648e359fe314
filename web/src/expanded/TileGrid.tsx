import { useMemo } from 'react';
import type { CallState } from '../call/callState';
import { useParticipants } from '../call/useParticipants';
import { handOrder } from '../hands/handOrder';
import { latestReactions, type ShownReaction } from '../reactions/shownReactions';
import { gridShape, tileGap } from './gridShape';
import { ParticipantTile } from './ParticipantTile';
import { useSize } from './useSize';

interface TileGridProps {
  state: CallState;
  reactions: readonly ShownReaction[];
  onMore: () => void;
}

/** Everybody in the call, whoever matters most first, as large as fits; who does not is counted, and found in the list. */
export function TileGrid({ state, reactions, onMore }: TileGridProps) {
  const participants = useParticipants(state, reactions);
  const { element, width, height } = useSize<HTMLDivElement>();
  const { sessions } = state.call;
  const hands = useMemo(() => handOrder(sessions), [sessions]);
  const latest = useMemo(() => latestReactions(reactions), [reactions]);
  const shape = useMemo(() => gridShape(sessions.length, width, height), [sessions.length, width, height]);
  const isMeasured = width > 0;
  const more = participants.length - shape.shown;
  return (
    <div ref={element} className="tile-room">
      <ul
        className="tiles"
        aria-label="Participants"
        data-testid="tiles"
        style={{ width: shape.columns * (shape.tileWidth + tileGap) - tileGap, gap: tileGap }}
      >
        {isMeasured &&
          participants
            .slice(0, shape.shown)
            .map((session) => (
              <ParticipantTile
                key={session.sessionId}
                state={state}
                session={session}
                hand={hands.get(session.sessionId)}
                reaction={latest.get(session.sessionId)}
                width={shape.tileWidth}
                height={shape.tileHeight}
              />
            ))}
        {isMeasured && more > 0 && (
          <li className="tile tile-more" style={{ width: shape.tileWidth, height: shape.tileHeight }}>
            <button type="button" className="link-button" data-testid="more-participants" onClick={onMore}>
              and {more} more
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
