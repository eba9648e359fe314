import { useEffect } from 'react';
import { markRead } from '../api/channels';
import { useIsSeen } from './useIsSeen';
import { useWorkspace } from './workspaceContext';

const settleMs = 600; // Several posts that come at once are read at once.

/** Tells the service that the open channel was read, whenever something in it is unread and somebody looks at it. */
export function useMarkRead(channelId: string, unread: number): void {
  const { dispatch } = useWorkspace();
  const isSeen = useIsSeen();

  useEffect(() => {
    if (!isSeen) {
      return undefined;
    }

    dispatch({ type: 'looks_at', channelId });
    return () => dispatch({ type: 'looks_at', channelId: null });
  }, [channelId, isSeen, dispatch]);

  useEffect(() => {
    if (!isSeen || unread === 0) {
      return undefined;
    }

    const timer = window.setTimeout(() => {
      dispatch({ type: 'read', channelId });
      markRead(channelId).catch(() => undefined); // The next post or visit tries again.
    }, settleMs);
    return () => window.clearTimeout(timer);
  }, [channelId, isSeen, unread, dispatch]);
}
