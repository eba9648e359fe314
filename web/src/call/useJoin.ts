import { useCallback, useState } from 'react';
import { findChannel, type WorkspaceState } from '../workspace/workspaceState';
import type { CallEngine } from './callEngine';

/** Starting and joining; being in another call already, the user is asked first. */
export function useJoin(engine: CallEngine | null, state: WorkspaceState) {
  const [switchTo, setSwitchTo] = useState<string | null>(null);

  const joinNow = useCallback(
    (channelId: string) => {
      setSwitchTo(null);
      void engine?.join(channelId, findChannel(state, channelId)?.call ?? null);
    },
    [engine, state],
  );

  const join = useCallback(
    (channelId: string) => {
      const present = engine?.view.state?.call.channelId;
      if (present !== undefined && present !== channelId) {
        setSwitchTo(channelId);
      } else {
        joinNow(channelId);
      }
    },
    [engine, joinNow],
  );

  return { join, switchTo, confirmSwitch: joinNow, cancelSwitch: () => setSwitchTo(null) };
}
