import { useEffect } from 'react';
import { readChannels } from '../api/channels';
import type { CallEngine } from '../call/callEngine';
import { useHubStatus } from './useHubStatus';
import type { WorkspaceAction } from './workspaceState';

/** Reads my channels whenever the hub is connected, since what was missed is in no event, or an event asks for it. */
export function useWorkspaceData(
  engine: CallEngine | null,
  channelsVersion: number,
  dispatch: (action: WorkspaceAction) => void,
): void {
  const hub = useHubStatus(engine);

  useEffect(() => {
    // Read once before the hub is there, too: the list should not wait for it.
    if (engine === null || hub === 'reconnecting' || hub === 'stopped') {
      return undefined;
    }

    let isCurrent = true;
    readChannels()
      .then((channels) => {
        if (isCurrent) {
          dispatch({ type: 'channels', channels });
        }
      })
      .catch(() => undefined); // The next connection reads again; the banner says that there is none.
    return () => {
      isCurrent = false;
    };
  }, [engine, hub, channelsVersion, dispatch]);
}
