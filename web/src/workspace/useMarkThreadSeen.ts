import { useEffect } from 'react';
import type { Post } from '../protocol/workspace';
import { keepSeenThread } from './seenThreads';
import { useIsSeen } from './useIsSeen';
import { useWorkspace } from './workspaceContext';

/** Notes that somebody looks at the thread. */
export function useMarkThreadSeen(threadId: string, newest: Post | undefined): void {
  const { dispatch } = useWorkspace();
  const isSeen = useIsSeen();
  const upTo = newest?.createdAt;

  useEffect(() => {
    if (isSeen && upTo !== undefined) {
      keepSeenThread(threadId, upTo);
      dispatch({ type: 'thread_seen', threadId, upTo });
    }
  }, [threadId, upTo, isSeen, dispatch]);
}
