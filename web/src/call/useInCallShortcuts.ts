import { useEffect } from 'react';
import type { CallEngine } from './callEngine';

/** Ctrl or Cmd + Shift + Space: mute; + L: leave. */
export function useInCallShortcuts(engine: CallEngine, isInCall: boolean): void {
  useEffect(() => {
    if (!isInCall) {
      return undefined;
    }

    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.repeat) {
        return;
      }

      if (event.code === 'Space') {
        event.preventDefault();
        void engine.setMuted(!engine.view.muted);
      } else if (event.code === 'KeyL') {
        event.preventDefault();
        void engine.leave();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [engine, isInCall]);
}
