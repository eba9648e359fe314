import { useShortcut } from '../shortcuts/useShortcut';
import type { CallEngine } from './callEngine';

/** What keys do while in a call, whatever of it is shown. */
export function useInCallShortcuts(engine: CallEngine, isInCall: boolean): void {
  useShortcut('mute', () => void engine.setMuted(!engine.view.muted), isInCall);
  useShortcut('leave', () => void engine.leave(), isInCall);
}
