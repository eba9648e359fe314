import { useEffect, useState } from 'react';
import { readThread } from '../api/posts';
import { failureSentence } from '../api/refusals';
import type { Post } from '../protocol/workspace';
import { useHubStatus } from './useHubStatus';
import { useWorkspace } from './workspaceContext';

/** A thread's posts, read now and again after the hub was away; events add to them. */
export function useThread(threadId: string): { posts: Post[] | undefined; problem: string | null } {
  const { state, dispatch, engine } = useWorkspace();
  const isConnected = useHubStatus(engine) === 'connected';
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    readThread(threadId)
      .then((read) => dispatch({ type: 'thread', threadId, posts: read }))
      .catch((failure: unknown) => setProblem(failureSentence(failure)));
  }, [threadId, isConnected, dispatch]);

  return { posts: state.threads[threadId], problem };
}
