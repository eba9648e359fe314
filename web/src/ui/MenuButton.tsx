import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { menuPlace } from './menuPlace';

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
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  // Placed in the window and not in the page, so that no list it stands in cuts it off.
  useLayoutEffect(() => {
    const settle = () => {
      if (button.current !== null && menu.current !== null) {
        const size = { width: menu.current.offsetWidth, height: menu.current.offsetHeight };
        const { left, top } = menuPlace(button.current.getBoundingClientRect(), size, { width: window.innerWidth, height: window.innerHeight });
        menu.current.style.left = `${left}px`;
        menu.current.style.top = `${top}px`;
      }
    };
    if (!isOpen) {
      return undefined;
    }

    settle();
    window.addEventListener('resize', settle);
    window.addEventListener('scroll', settle, true);
    return () => {
      window.removeEventListener('resize', settle);
      window.removeEventListener('scroll', settle, true);
    };
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }

    items(root.current)[0]?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const all = items(root.current);
    const at = all.findIndex((item) => item === document.activeElement);
    if (event.key === 'Escape') {
      event.stopPropagation();
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
    <div ref={root} className="menu-root" onKeyDown={isOpen ? onKeyDown : undefined}>
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
        <div ref={menu} className="menu" role="menu" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role="menuitem"], [role="menuitemradio"], [role="menuitemcheckbox"], [role="slider"]') ?? [])];
}
