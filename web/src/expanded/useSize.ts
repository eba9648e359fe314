import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How large an element is, as that changes. */
export function useSize<T extends HTMLElement>(): { element: RefObject<T | null>; width: number; height: number } {
  const element = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) {
      return undefined;
    }

    const measure = () => setSize({ width: observed.clientWidth, height: observed.clientHeight });
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(observed);
    return () => sizes.disconnect();
  }, []);

  return { element, ...size };
}
