import { useEffect, useRef } from 'react';
import type { useCommandCompletion } from './useCommandCompletion';

/** What the line may become, above the composer. The cursor stays in the text. */
export function CommandList({ completion }: { completion: ReturnType<typeof useCommandCompletion> }) {
  const { options, listId, at, optionId, choose, point } = completion;
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  if (options.length === 0) {
    return null;
  }

  return (
    <ul ref={list} id={listId} className="command-list" role="listbox" aria-label="Commands" data-testid="command-list">
      {options.map((option, index) => (
        <li
          key={option.text}
          id={optionId(index)}
          role="option"
          aria-selected={index === at}
          className="command-option"
          data-testid="command-option"
          data-text={option.text.trim()}
          onPointerDown={(event) => event.preventDefault()} // The cursor stays where it is.
          onPointerMove={() => point(index)}
          onClick={() => choose(option)}
        >
          <span className="command-title">
            {option.title} {option.argument !== '' && <span className="hint">{option.argument}</span>}
          </span>
          <span className="hint">{option.help}</span>
        </li>
      ))}
    </ul>
  );
}
