import { useEffect, useRef, useState } from 'react';
import { useNotify } from '../ui/notify';
import { speakerInUse } from './speakerInUse';

/** The speaker to play through: the chosen one; the system's while that is gone, which is said (S79, S80). */
export function useSpeakerInUse(chosen: string): string {
  const [used, setUsed] = useState(chosen);
  const before = useRef({ chosen, used: chosen });
  const notify = useNotify();

  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined; // Absent on insecure pages.
    const take = (next: string) => {
      if (before.current.chosen === chosen && before.current.used !== next) {
        notify(next === '' ? 'The speaker is gone. Using the system’s instead.' : 'The speaker is back, and in use again.');
      }

      before.current = { chosen, used: next };
      setUsed(next);
    };
    if (media === undefined || chosen === '') {
      take(chosen);
      return undefined;
    }

    let isCurrent = true;
    const look = () => {
      media
        .enumerateDevices()
        .then((devices) => {
          if (isCurrent) {
            take(speakerInUse(chosen, devices));
          }
        })
        .catch(() => undefined);
    };
    look();
    media.addEventListener('devicechange', look);
    return () => {
      isCurrent = false;
      media.removeEventListener('devicechange', look);
    };
  }, [chosen, notify]);

  return used;
}
