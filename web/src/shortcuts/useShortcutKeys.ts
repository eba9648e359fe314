import { useEffect } from 'react';
import { isTyping } from './isTyping';
import { shortcutActs } from './shortcutActs';

/** Listens for every shortcut of the page; once. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (shortcutActs.press(event, isTyping(event.target))) {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
