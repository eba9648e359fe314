import type { CallStatistics } from './callStatistics';

const storageKey = 'calls.statistics';

export function keepStatistics(statistics: CallStatistics): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(statistics));
  } catch {
    // No room: they last as long as the page.
  }
}

export function keptStatistics(): CallStatistics | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') as CallStatistics | null;
  } catch {
    return null;
  }
}
