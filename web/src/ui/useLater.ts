import { useEffect, useSyncExternalStore } from 'react';
import type { Later, LaterState } from './later';

/** Loads it where it is not here yet, and follows what becomes of it. */
export function useLater<T>(later: Later<T>): LaterState<T> {
  const state = useSyncExternalStore(later.subscribe, later.state);
  useEffect(() => void later.load(), [later]);
  return state;
}
