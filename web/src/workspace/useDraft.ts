import { useCallback, useState } from 'react';

/** A text that was begun in a channel or thread; it is still there when one comes back. */
export function useDraft(place: string): [string, (text: string) => void] {
  const key = `calls.draft.${place}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const change = useCallback(
    (next: string) => {
      setText(next);
      if (next === '') {
        sessionStorage.removeItem(key);
      } else {
        sessionStorage.setItem(key, next);
      }
    },
    [key],
  );
  return [text, change];
}
