import { useEffect } from 'react';
import { markRead } from '../api/channels';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from './workspaceContext';

const settleMs = 600; // Several posts that come at once are read at once.

/** Tells the service that the open channel was read, as soon as somebody looks at it. */
export function useMarkRead(channel: Channel | null): void {
  const { state, dispatch } = useWorkspace();
  const channelId = channel?.id ?? null;
  const newest = channelId === null ? undefined : state.posts[channelId]?.items.at(-1)?.id;

  useEffect(() => {
    if (channelId === null || newest === undefined) {
      return undefined;
    }

    let timer: number | undefined;
    const read = () => {
      window.clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        timer = window.setTimeout(() => {
          dispatch({ type: 'opened', channelId });
          markRead(channelId).catch(() => undefined); // The next post or visit tries again.
        }, settleMs);
      }
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }, [channelId, newest, dispatch]);
}
