import { useEffect, useRef } from 'react';
import { readChannelCall } from '../api/calls';
import { useCall } from '../call/useCall';
import type { Channel } from '../protocol/workspace';
import { rosterPauseMs } from './rosterPause';
import { useWorkspace } from './workspaceContext';

/**
 * Keeps up with who is in the open channel's call. The channel is told how many take part; who they are, and with which
 * devices, is asked for. Whoever is in the call is told everything anyway, and asks for nothing.
 */
export function useReadRoster(channel: Channel | null, isConnected: boolean): void {
  const { dispatch } = useWorkspace();
  const present = useCall().state?.call.id;
  const readAt = useRef(-Infinity);
  const channelId = channel?.id ?? null;
  const call = channel?.call ?? null; // Another object whenever the channel is told that the roster changed.

  useEffect(() => {
    if (channelId === null || call === null || call.id === present) {
      return undefined;
    }

    const dueMs = readAt.current + rosterPauseMs(call.participants) - performance.now();
    const timer = window.setTimeout(() => {
      readAt.current = performance.now();
      readChannelCall(channelId)
        .then((read) => dispatch({ type: 'roster', channelId, call: read.call }))
        .catch(() => undefined); // The next change asks again.
    }, Math.max(0, dueMs));
    return () => window.clearTimeout(timer);
  }, [channelId, call, present, isConnected, dispatch]);
}
