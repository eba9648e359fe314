import { createContext, useContext, useSyncExternalStore } from 'react';

/** Whether the expanded call lies over this part of the page. */
export const CoveredContext = createContext(false);

/** Whether somebody may be looking here: not at a page in the background, and not under the expanded call. */
export function useIsSeen(): boolean {
  const isCovered = useContext(CoveredContext);
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  return isVisible && !isCovered;
}

function onVisibility(reader: () => void): () => void {
  document.addEventListener('visibilitychange', reader);
  return () => document.removeEventListener('visibilitychange', reader);
}
