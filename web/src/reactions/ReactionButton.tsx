import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { shortcutText } from '../shortcuts/shortcutText';
import { useShortcut } from '../shortcuts/useShortcut';
import { Icon } from '../ui/Icon';
import { usePopup } from '../ui/usePopup';
import { ReactionBar } from './ReactionBar';

/** Opens the reaction bar; it stays open for several reactions until it is closed. */
export function ReactionButton() {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  usePopup(isOpen, button, popup, () => setOpen(false));
  useShortcut('react', () => setOpen(!isOpen));

  useEffect(() => {
    if (isOpen) {
      popup.current?.querySelector('button')?.focus();
    }
  }, [isOpen]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    }
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="button-icon control"
        aria-label="React"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={`React (${shortcutText('react')})`}
        data-testid="react-button"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <div ref={popup} className="reaction-bar" popover="manual" role="dialog" aria-label="Reactions" data-testid="reaction-bar" onKeyDown={onKeyDown}>
          <ReactionBar />
        </div>
      )}
    </>
  );
}
