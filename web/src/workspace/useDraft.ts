import { useCallback, useSyncExternalStore } from 'react';
import { changeDraft, draftOf, onDrafts } from './drafts';

/** A text that was begun in a channel or thread; it is still there when one comes back. */
export function useDraft(place: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(onDrafts, () => draftOf(place));
  return [text, useCallback((next: string) => changeDraft(place, next), [place])];
}
