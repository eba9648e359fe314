import type { Channel } from '../protocol/workspace';
import { useShortcut } from '../shortcuts/useShortcut';
import { useNotify } from '../ui/notify';
import { useWorkspace } from '../workspace/workspaceContext';
import { callButton } from './callButton';
import { useCall } from './useCall';

/** Starts or joins the open channel's call (S11). */
export function useCallShortcut(channel: Channel | null): void {
  const { state, join } = useWorkspace();
  const notify = useNotify();
  const view = useCall();

  useShortcut(
    'call',
    () => {
      if (channel === null) {
        return;
      }

      const button = callButton(channel, view, state.me.role === 'admin');
      if (button.kind === 'disabled') {
        notify(button.reason);
      } else if (button.kind === 'start' || button.kind === 'join') {
        join(channel.id);
      }
    },
    channel !== null,
  );
}
