import { emojiName, emojiText } from './emojiText';
import type { ShownReaction } from './shownReactions';

/** What somebody reacted with last, on their row or tile. */
export function LatestReaction({ reaction }: { reaction: ShownReaction | undefined }) {
  return reaction === undefined ? null : (
    <span
      key={reaction.id}
      className="latest-reaction"
      role="img"
      aria-label={emojiName(reaction.emoji)}
      data-testid="latest-reaction"
      data-emoji={reaction.emoji.name}
    >
      {emojiText(reaction.emoji)}
    </span>
  );
}
