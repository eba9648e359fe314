import { useEffect } from 'react';
import type { Channel } from '../protocol/workspace';
import { useNotify } from '../ui/notify';
import { useWorkspace } from '../workspace/workspaceContext';
import { callButton } from './callButton';
import { useCall } from './useCall';

/** Ctrl or Cmd + Alt + S: start or join the open channel's call (S11). */
export function useCallShortcut(channel: Channel | null): void {
  const { join } = useWorkspace();
  const notify = useNotify();
  const view = useCall();

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Windows tells AltGr as Ctrl + Alt, and there are languages that write a letter with AltGr + S.
      const isTyping = event.getModifierState('AltGraph');
      const isShortcut = (event.ctrlKey || event.metaKey) && event.altKey && event.code === 'KeyS' && !isTyping;
      if (!isShortcut || channel === null) {
        return;
      }

      event.preventDefault();
      const button = callButton(channel, view);
      if (button.kind === 'disabled') {
        notify(button.reason);
      } else if (button.kind === 'start' || button.kind === 'join') {
        join(channel.id);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [channel, view, join, notify]);
}
