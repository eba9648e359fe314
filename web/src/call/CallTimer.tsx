import { useEffect, useState } from 'react';
import { runningTime } from './duration';
import { serverNow } from './serverClock';

const secondMs = 1_000;

export function CallTimer({ startedAt }: { startedAt: string }) {
  const [now, setNow] = useState(serverNow);
  const elapsedMs = now - Date.parse(startedAt);

  // At the turn of each second of the call, so that two timers on one page agree.
  useEffect(() => {
    const timer = window.setTimeout(() => setNow(serverNow()), secondMs - (Math.max(0, elapsedMs) % secondMs));
    return () => window.clearTimeout(timer);
  }, [elapsedMs]);

  return (
    <time className="tabular" role="timer" aria-live="off" data-testid="call-timer">
      {runningTime(elapsedMs)}
    </time>
  );
}
