import { useEffect, useState } from 'react';
import { useWorkspace } from '../workspace/workspaceContext';
import { type ConnectionCounters, type ConnectionFigures, figures, readCounters } from './connectionFigures';

const everyMs = 1_000;

/** The connection's figures, once a second while somebody looks. */
export function useConnectionFigures(): ConnectionFigures | null {
  const { engine } = useWorkspace();
  const [shown, setShown] = useState<ConnectionFigures | null>(null);

  useEffect(() => {
    let before: ConnectionCounters | null = null;
    let isCurrent = true;
    const look = async () => {
      const report = await engine.stats();
      if (report === null || !isCurrent) {
        return;
      }

      const entries: RTCStats[] = [];
      report.forEach((entry: RTCStats) => entries.push(entry));
      const now = readCounters(entries, performance.now());
      setShown(figures(before, now));
      before = now;
    };
    void look();
    const timer = window.setInterval(() => void look(), everyMs);
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [engine]);

  return shown;
}
