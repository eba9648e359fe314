import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { usePopup } from './usePopup';

interface MenuButtonProps {
  label: string;
  testId: string;
  className: string;
  face: ReactNode;
  /** The menu's items; `close` is for the item that was chosen. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a menu: arrow keys walk, Escape and a click elsewhere close. */
export function MenuButton({ label, testId, className, face, children }: MenuButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  usePopup(isOpen, button, menu, () => setOpen(false));

  useEffect(() => {
    if (isOpen) {
      items(menu.current)[0]?.focus();
    }
  }, [isOpen]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const all = items(menu.current);
    const at = all.findIndex((item) => item === document.activeElement);
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault(); // A dialog around it would close as well.
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      all[(at + step + all.length) % all.length]?.focus();
    } else if (event.key === 'Tab') {
      setOpen(false);
    }
  }

  return (
    <div className="menu-root" onKeyDown={isOpen ? onKeyDown : undefined}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-testid={testId}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </button>
      {isOpen && (
        <div ref={menu} className="menu" popover="manual" role="menu" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function items(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"], [role="menuitemradio"], [role="menuitemcheckbox"], [role="slider"]') ?? [])];
}
