import type { Place } from './widgetPlace';

const storageKey = 'calls.widgetPlace';

/** Null: where it stands by itself, at the bottom of the sidebar. */
export function keptPlace(): Place | null {
  try {
    const { x, y } = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Place;
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
  } catch {
    return null;
  }
}

export function keepPlace(place: Place | null): void {
  if (place === null) {
    localStorage.removeItem(storageKey);
  } else {
    localStorage.setItem(storageKey, JSON.stringify(place));
  }
}
