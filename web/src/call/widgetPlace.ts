/** Where the widget's upper left corner is, in pixels of the window. */
export interface Place {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

const edge = 8; // Room around it, so that its shadow shows where it ends.
const step = 16;
const leap = 64;

const directions: Record<string, Place> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Pure: the nearest place that is wholly inside the window; its upper left where it does not fit. */
export function insideWindow(place: Place, widget: Size, window: Size): Place {
  const within = (value: number, length: number, available: number) =>
    Math.max(edge, Math.min(value, available - length - edge));
  return { x: within(place.x, widget.width, window.width), y: within(place.y, widget.height, window.height) };
}

/** Pure: where an arrow key moves it; null for other keys. */
export function movedBy(key: string, isFar: boolean, from: Place): Place | null {
  const direction = directions[key];
  const distance = isFar ? leap : step;
  return direction === undefined ? null : { x: from.x + direction.x * distance, y: from.y + direction.y * distance };
}
