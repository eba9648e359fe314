import { type RefObject, useEffect, useRef } from 'react';

/** Puts the cursor where one writes, when a place is opened; not on touch screens, where it would open the keyboard. */
export function useFocusOnOpen<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);

  useEffect(() => {
    if (window.matchMedia('(hover: hover)').matches) {
      element.current?.focus({ preventScroll: true });
    }
  }, []);

  return element;
}
