import { useEffect } from 'react';
import type { Channel } from '../protocol/workspace';
import { channelPath, type Route } from '../route';
import { useHubStatus } from '../workspace/useHubStatus';
import { useWorkspace } from '../workspace/workspaceContext';

/** The call link: opening it joins. The wish then leaves the address, so that a reload does not join again (S13). */
export function useCallLink(route: Extract<Route, { page: 'channel' }>, channel: Channel | null): void {
  const { engine, join, navigate } = useWorkspace();
  const isConnected = useHubStatus(engine) === 'connected';
  const { channelId, joinCall } = route;
  const isArchived = channel?.archived ?? false;
  const isReady = joinCall && channel !== null && (isConnected || isArchived);

  useEffect(() => {
    if (isReady) {
      navigate(channelPath(channelId), { replace: true });
      if (!isArchived) {
        join(channelId);
      }
    }
  }, [isReady, isArchived, channelId, join, navigate]);
}
