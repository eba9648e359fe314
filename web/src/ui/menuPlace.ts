interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Size {
  width: number;
  height: number;
}

const gap = 6;
const edge = 8;

/** Pure: where a menu opens: below its button or above it, along the side that is nearer to the window's edge, inside the window. */
export function menuPlace(button: Box, menu: Size, window: Size): { left: number; top: number } {
  const isRight = button.left + button.right > window.width;
  const left = isRight ? button.right - menu.width : button.left;
  const below = button.bottom + gap;
  const fitsBelow = below + menu.height + edge <= window.height;
  const top = fitsBelow ? below : button.top - gap - menu.height;
  return {
    left: Math.max(edge, Math.min(left, window.width - menu.width - edge)),
    top: Math.max(edge, Math.min(top, window.height - menu.height - edge)),
  };
}
