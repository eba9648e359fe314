import { useShortcut } from '../shortcuts/useShortcut';
import { useWorkspace } from '../workspace/workspaceContext';
import { mySession } from './callState';

/** What keys do while in a call, whatever of it is shown. */
export function useInCallShortcuts(): void {
  const { engine, leave } = useWorkspace();
  useShortcut('mute', () => void engine.setMuted(!engine.view.muted));
  useShortcut('leave', leave);
  useShortcut('hand', () => {
    const { state } = engine.view;
    void engine.setHand(state !== null && mySession(state)?.raisedAt == null);
  });
}
