import { useEffect } from 'react';
import { channelPath, type Route } from '../route';
import type { Navigate } from '../useRoute';
import type { WorkspaceState } from './workspaceState';

const storageKey = 'calls.channel';

/** The bare address leads to the channel that was open last, or to the first. */
export function useHomeChannel(route: Route, state: WorkspaceState, navigate: Navigate): void {
  const { channels } = state;
  const openChannelId = route.page === 'channel' ? route.channelId : null;

  useEffect(() => {
    if (openChannelId !== null) {
      localStorage.setItem(storageKey, openChannelId);
    }
  }, [openChannelId]);

  useEffect(() => {
    if (route.page !== 'home' || channels === null) {
      return;
    }

    const kept = localStorage.getItem(storageKey);
    const target =
      channels.find((channel) => channel.id === kept) ?? channels.find((channel) => !channel.archived) ?? channels[0];
    if (target !== undefined) {
      navigate(channelPath(target.id), { replace: true });
    }
  }, [route, channels, navigate]);
}
