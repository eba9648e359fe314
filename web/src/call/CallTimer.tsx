import { useEffect, useState } from 'react';
import { runningTime } from './duration';
import { serverNow } from './serverClock';

export function CallTimer({ startedAt }: { startedAt: string }) {
  const [now, setNow] = useState(serverNow);

  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverNow()), 1_000);
    return () => window.clearInterval(timer);
  }, []);

  return (
    <time className="tabular" role="timer" aria-live="off" data-testid="call-timer">
      {runningTime(now - Date.parse(startedAt))}
    </time>
  );
}
