import { useCallback, useState } from 'react';
import { findChannel, type WorkspaceState } from '../workspace/workspaceState';
import type { CallEngine } from './callEngine';
import { type CallStart, plainStart } from './callStart';

/** Starting and joining; being in another call already, the user is asked first. */
export function useJoin(engine: CallEngine | null, state: WorkspaceState) {
  const [waiting, setWaiting] = useState<{ channelId: string; start: CallStart } | null>(null);

  const joinNow = useCallback(
    (channelId: string, start: CallStart) => {
      setWaiting(null);
      void engine?.join(channelId, findChannel(state, channelId)?.call ?? null, start);
    },
    [engine, state],
  );

  const join = useCallback(
    (channelId: string, start: CallStart = plainStart) => {
      const present = engine?.view.state?.call.channelId;
      if (present !== undefined && present !== channelId) {
        setWaiting({ channelId, start });
      } else {
        joinNow(channelId, start);
      }
    },
    [engine, joinNow],
  );

  return {
    join,
    isAsking: waiting !== null,
    confirm: () => waiting !== null && joinNow(waiting.channelId, waiting.start),
    cancel: () => setWaiting(null),
  };
}
