import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const nearEndPixels = 80;

/** Keeps a list at its newest item while the reader is there, and in place while older items come in above. */
export function useStickToEnd<T extends HTMLElement>(newest: string | undefined, oldest: string | undefined): RefObject<T | null> {
  const list = useRef<T>(null);
  const isAtEnd = useRef(true);
  const heightBefore = useRef(0);
  const newestBefore = useRef<string | undefined>(undefined);

  useEffect(() => {
    const element = list.current;
    if (element === null) {
      return undefined;
    }

    let lastTop = element.scrollTop;
    const look = () => {
      // Told a frame late, when more may have come in below: only going up means that the reader left the end.
      if (element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPixels) {
        isAtEnd.current = true;
      } else if (element.scrollTop < lastTop) {
        isAtEnd.current = false;
      }

      lastTop = element.scrollTop;
    };
    const settle = () => {
      if (isAtEnd.current) {
        element.scrollTop = element.scrollHeight;
      }
    };
    // Pictures, banners and the on-screen keyboard change the height without a new item.
    const sizes = new ResizeObserver(settle);
    sizes.observe(element);
    [...element.children].forEach((child) => sizes.observe(child));
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) {
      return;
    }

    const grewAbove = newestBefore.current === newest && newest !== undefined;
    if (grewAbove) {
      element.scrollTop += element.scrollHeight - heightBefore.current;
    } else if (isAtEnd.current) {
      element.scrollTop = element.scrollHeight;
    }

    newestBefore.current = newest;
    heightBefore.current = element.scrollHeight;
  }, [newest, oldest]);

  return list;
}
