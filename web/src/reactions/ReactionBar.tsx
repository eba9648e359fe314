import { useState } from 'react';
import type { Emoji } from '../protocol/answers';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { emojiName, emojiText } from './emojiText';
import { frequentRow, keepUses, keptUses, withUse } from './frequentEmojis';
import { gridKeys } from './gridKeys';
import { LateEmojiPicker } from './LateEmojiPicker';

/** The reactions one uses often, and a way to all others (S48, S49). */
export function ReactionBar() {
  const { engine } = useWorkspace();
  // The row stays as it is while it is open: a button that jumps away is pressed by mistake.
  const [row] = useState(() => frequentRow(keptUses()));
  const [isPicking, setPicking] = useState(false);

  function react(emoji: Emoji) {
    keepUses(withUse(keptUses(), emoji));
    void engine.react(emoji);
  }

  return (
    <>
      <div className="reaction-row" onKeyDown={gridKeys}>
        {row.map((emoji) => (
          <button
            key={emoji.unified}
            type="button"
            className="emoji-button"
            aria-label={emojiName(emoji)}
            title={emojiName(emoji)}
            data-grid-item=""
            data-testid="frequent-emoji"
            data-emoji={emoji.name}
            onClick={() => react(emoji)}
          >
            {emojiText(emoji)}
          </button>
        ))}
        <button
          type="button"
          className="button-icon"
          aria-label="All emoji"
          title="All emoji"
          aria-expanded={isPicking}
          data-grid-item=""
          data-testid="more-emoji"
          onClick={() => setPicking(!isPicking)}
        >
          <Icon name={isPicking ? 'close' : 'plus'} size={18} />
        </button>
      </div>
      {isPicking && <LateEmojiPicker onChoose={react} />}
    </>
  );
}
