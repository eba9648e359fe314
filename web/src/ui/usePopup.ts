import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { menuPlace } from './menuPlace';

/** Shows a popup beside its button, above everything else, so that nothing around it cuts it off; a press elsewhere closes it. */
export function usePopup(
  isOpen: boolean,
  button: RefObject<HTMLElement | null>,
  popup: RefObject<HTMLElement | null>,
  close: () => void,
): void {
  useLayoutEffect(() => {
    const element = popup.current;
    if (!isOpen || element === null) {
      return undefined;
    }

    element.showPopover();
    const place = () => putBeside(element, button.current);
    const sizes = new ResizeObserver(place);
    sizes.observe(element);
    window.addEventListener('resize', place);
    // Whatever scrolls under the button takes the popup along.
    window.addEventListener('scroll', place, true);
    return () => {
      sizes.disconnect();
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  }, [isOpen, button, popup]);

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }

    const closeOutside = ({ target }: PointerEvent) => {
      if (target instanceof Node && !popup.current?.contains(target) && !button.current?.contains(target)) {
        close();
      }
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  });
}

function putBeside(popup: HTMLElement, button: HTMLElement | null): void {
  if (button !== null) {
    const size = { width: popup.offsetWidth, height: popup.offsetHeight };
    const place = menuPlace(button.getBoundingClientRect(), size, { width: window.innerWidth, height: window.innerHeight });
    popup.style.left = `${place.left}px`;
    popup.style.top = `${place.top}px`;
  }
}
