import { useEffect, useState } from 'react';
import { keepAsking } from '../api/keepAsking';
import { readThread } from '../api/posts';
import { failureSentence } from '../api/refusals';
import type { Post } from '../protocol/workspace';
import { useLatest } from '../useLatest';
import { useHubStatus } from './useHubStatus';
import { useWorkspace } from './workspaceContext';

/** A thread's posts, read now and again after the hub was away; events add to them. */
export function useThread(threadId: string): { posts: Post[] | undefined; problem: string | null } {
  const { state, dispatch, engine } = useWorkspace();
  const latest = useLatest(state);
  const isConnected = useHubStatus(engine) === 'connected';
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const before = latest.current.threads[threadId];
    const say = (failure: unknown) => setProblem(failureSentence(failure));
    return keepAsking(() => readThread(threadId), {
      onAnswer: (posts) => dispatch({ type: 'thread', threadId, posts, before }),
      onRefused: say,
      onTrouble: say,
    });
  }, [threadId, isConnected, latest, dispatch]);

  return { posts: state.threads[threadId], problem };
}
