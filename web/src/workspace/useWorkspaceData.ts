import { useEffect } from 'react';
import { readChannels } from '../api/channels';
import { keepAsking } from '../api/keepAsking';
import type { CallEngine } from '../call/callEngine';
import { useLatest } from '../useLatest';
import { useHubStatus } from './useHubStatus';
import type { WorkspaceAction, WorkspaceState } from './workspaceState';

/** Reads my channels whenever the hub is connected, since what was missed is in no event, or an event asks for it. */
export function useWorkspaceData(
  engine: CallEngine | null,
  state: WorkspaceState,
  dispatch: (action: WorkspaceAction) => void,
): void {
  const hub = useHubStatus(engine);
  const latest = useLatest(state);
  const { channelsVersion } = state;

  useEffect(() => {
    // Read once before the hub is there, too: the list should not wait for it.
    if (engine === null || hub === 'reconnecting' || hub === 'stopped') {
      return undefined;
    }

    const before = latest.current.channels;
    return keepAsking(readChannels, { onAnswer: (channels) => dispatch({ type: 'channels', channels, before }) });
  }, [engine, hub, channelsVersion, latest, dispatch]);
}
