import { useEffect } from 'react';
import type { Channel } from '../protocol/workspace';
import { channelPath, type Route } from '../route';
import { useWorkspace } from '../workspace/workspaceContext';
import { callLinkAct } from './callLink';
import { useCall } from './useCall';

/** The call link: opening it joins. The wish then leaves the address, so that a reload does not join again (S13). */
export function useCallLink(route: Extract<Route, { page: 'channel' }>, channel: Channel | null): void {
  const { join, navigate } = useWorkspace();
  const { channelId, joinCall } = route;
  const view = useCall();
  const act = joinCall ? callLinkAct(channel, view) : null;

  useEffect(() => {
    if (act !== null) {
      navigate(channelPath(channelId), { replace: true });
    }

    if (act === 'join') {
      join(channelId);
    }
  }, [act, channelId, join, navigate]);
}
