import { useEffect } from 'react';
import type { Post } from '../protocol/workspace';
import { useWorkspace } from './workspaceContext';
import { keepSeenThread } from './seenThreads';

/** Notes that somebody looks at the thread; a page in the background is not looked at. */
export function useMarkThreadSeen(threadId: string, newest: Post | undefined): void {
  const { dispatch } = useWorkspace();
  const upTo = newest?.createdAt;

  useEffect(() => {
    if (upTo === undefined) {
      return undefined;
    }

    const look = () => {
      if (document.visibilityState === 'visible') {
        keepSeenThread(threadId, upTo);
        dispatch({ type: 'thread_seen', threadId, upTo });
      }
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [threadId, upTo, dispatch]);
}
