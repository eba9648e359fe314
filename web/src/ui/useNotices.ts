import { useCallback, useState } from 'react';

export interface Notice {
  id: number;
  text: string;
}

const shownMs = 5_000;
// A sentence that has to be read takes longer than one that says who came.
const msPerCharacter = 60;
const noticesMax = 4; // More would cover the page; the oldest give way.

let lastId = 0;

export function useNotices() {
  const [notices, setNotices] = useState<Notice[]>([]);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const notify = useCallback(
    (text: string) => {
      lastId += 1;
      const id = lastId;
      setNotices((all) => [...all.filter((notice) => notice.text !== text), { id, text }].slice(-noticesMax));
      window.setTimeout(() => dismiss(id), Math.max(shownMs, text.length * msPerCharacter));
    },
    [dismiss],
  );
  return { notices, notify, dismiss };
}
