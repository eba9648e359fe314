import { useDeferredValue, useMemo, useState } from 'react';
import type { Emoji } from '../protocol/answers';
import { Icon } from '../ui/Icon';
import { isComposing } from '../ui/isComposing';
import { inTone, searchEmojis } from './emojiCatalog';
import { gridKeys } from './gridKeys';
import { loadCatalog } from './loadCatalog';
import { keepSkinTone, keptSkinTone, type SkinTone } from './skinTones';
import { SkinToneChoice } from './SkinToneChoice';

/** Every emoji there is, with search and skin tones (S49). With its data it is loaded by those who open it. */
export function EmojiPicker({ onChoose }: { onChoose: (emoji: Emoji) => void }) {
  const catalog = useMemo(loadCatalog, []);
  const [typed, setTyped] = useState('');
  const [tone, setTone] = useState<SkinTone>(keptSkinTone);
  const groups = searchEmojis(catalog, useDeferredValue(typed));
  let isFirst = true;

  return (
    <div className="emoji-picker" data-testid="emoji-picker" onKeyDown={gridKeys}>
      <div className="emoji-search">
        <Icon name="search" size={16} />
        <input
          type="search"
          className="input"
          placeholder="Search"
          aria-label="Search emoji"
          autoFocus
          value={typed}
          data-testid="emoji-search"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const first = searchEmojis(catalog, typed)[0]?.emojis[0];
            if (event.key === 'Enter' && !isComposing(event) && typed !== '' && first !== undefined) {
              const { text: _text, ...emoji } = inTone(first, tone);
              onChoose(emoji);
            }
          }}
        />
        <SkinToneChoice
          tone={tone}
          onChoose={(chosen) => {
            keepSkinTone(chosen);
            setTone(chosen);
          }}
        />
      </div>
      <div className="emoji-groups">
        {groups.map((group) => (
          <section key={group.key} className="emoji-group" aria-label={group.title}>
            <h3>{group.title}</h3>
            <div className="emoji-grid">
              {group.emojis.map((entry) => {
                const { text, ...emoji } = inTone(entry, tone);
                const tabIndex = isFirst ? 0 : -1; // One stop for the whole grid; arrow keys lead through it.
                isFirst = false;
                return (
                  <button
                    key={entry.text}
                    type="button"
                    className="emoji-button"
                    aria-label={entry.label}
                    title={entry.label}
                    tabIndex={tabIndex}
                    data-grid-item=""
                    data-testid="emoji"
                    data-emoji={emoji.name}
                    onClick={() => onChoose(emoji)}
                  >
                    {text}
                  </button>
                );
              })}
            </div>
          </section>
        ))}
        {groups.length === 0 && <p className="hint emoji-none">Nothing is called that.</p>}
      </div>
    </div>
  );
}
