import { type KeyboardEvent, type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useMediaQuery } from '../ui/useMediaQuery';
import { insideWindow, movedBy, type Place } from './widgetPlace';
import { keepPlace, keptPlace } from './widgetPlaceMemory';

// Narrower, the widget is a bar as wide as the screen (call.css).
const wide = '(min-width: 721px)';

/** Lets the widget be dragged by a grip, with the pointer or the keyboard, and remembers where to (S29). */
export function useWidgetPlace(): { widget: RefObject<HTMLElement | null>; isFloating: boolean; grip: GripProps | null } {
  const widget = useRef<HTMLElement>(null);
  const [place, setPlace] = useState(keptPlace);
  const isWide = useMediaQuery(wide);
  const shown = isWide ? place : null;

  useLayoutEffect(() => {
    const element = widget.current;
    if (element === null || shown === null) {
      return undefined;
    }

    // The wish is remembered, so that a window that grows again lets the widget back to where it was.
    const settle = () => {
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const inside = insideWindow(shown, size, { width: window.innerWidth, height: window.innerHeight });
      element.style.left = `${inside.x}px`;
      element.style.top = `${inside.y}px`;
    };
    settle();
    const sizes = new ResizeObserver(settle);
    sizes.observe(element);
    window.addEventListener('resize', settle);
    return () => {
      sizes.disconnect();
      window.removeEventListener('resize', settle);
      element.style.left = '';
      element.style.top = '';
    };
  }, [shown]);

  function move(next: Place | null) {
    setPlace(next);
    keepPlace(next);
  }

  return { widget, isFloating: shown !== null, grip: isWide ? gripOf(widget, setPlace, move) : null };
}

export interface GripProps {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onDoubleClick: () => void;
}

function gripOf(widget: RefObject<HTMLElement | null>, show: (place: Place) => void, keep: (place: Place | null) => void): GripProps {
  return {
    onPointerDown: (event) => {
      const box = widget.current?.getBoundingClientRect();
      if (box === undefined || event.button !== 0) {
        return;
      }

      const grip = event.currentTarget;
      const offset = { x: event.clientX - box.left, y: event.clientY - box.top };
      const placeOf = (at: { clientX: number; clientY: number }): Place =>
        insideWindow({ x: at.clientX - offset.x, y: at.clientY - offset.y }, box, { width: window.innerWidth, height: window.innerHeight });
      let last: Place | null = null;
      const drag = (at: globalThis.PointerEvent) => {
        last = placeOf(at);
        show(last);
      };
      const drop = () => {
        grip.removeEventListener('pointermove', drag);
        grip.removeEventListener('pointerup', drop);
        grip.removeEventListener('pointercancel', drop);
        if (last !== null) {
          keep(last); // A press that moved nothing is no wish.
        }
      };
      grip.setPointerCapture(event.pointerId);
      grip.addEventListener('pointermove', drag);
      grip.addEventListener('pointerup', drop);
      grip.addEventListener('pointercancel', drop);
    },
    onKeyDown: (event) => {
      const box = widget.current?.getBoundingClientRect();
      const next = box === undefined ? null : movedBy(event.key, event.shiftKey, { x: box.left, y: box.top });
      if (box !== undefined && next !== null) {
        event.preventDefault();
        keep(insideWindow(next, box, { width: window.innerWidth, height: window.innerHeight }));
      } else if (event.key === 'Home') {
        event.preventDefault();
        keep(null);
      }
    },
    onDoubleClick: () => keep(null),
  };
}
