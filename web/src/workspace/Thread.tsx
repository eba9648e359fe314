import { useEffect, useState } from 'react';
import { readThread } from '../api/posts';
import { failureSentence } from '../api/refusals';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { Composer } from './Composer';
import { Post } from './Post';
import { useStickToEnd } from './useStickToEnd';
import { useHubStatus } from './useHubStatus';
import { useWorkspace } from './workspaceContext';

interface ThreadProps {
  channel: Channel;
  threadId: string;
  onClose: () => void;
}

/** A thread beside its channel. The thread of a call's post is the call's chat. */
export function Thread({ channel, threadId, onClose }: ThreadProps) {
  const { state, dispatch, engine } = useWorkspace();
  const isConnected = useHubStatus(engine) === 'connected';
  const [problem, setProblem] = useState<string | null>(null);
  const posts = state.threads[threadId];
  const list = useStickToEnd<HTMLDivElement>(posts?.at(-1)?.id, posts?.[0]?.id);
  const isCall = posts?.[0]?.type === 'call';

  useEffect(() => {
    readThread(threadId)
      .then((read) => dispatch({ type: 'thread', threadId, posts: read }))
      .catch((failure: unknown) => setProblem(failureSentence(failure)));
  }, [threadId, isConnected, dispatch]);

  return (
    <aside className="thread" aria-label={isCall ? 'Call chat' : 'Thread'} data-testid="thread">
      <header className="thread-header">
        <h2>{isCall ? 'Call chat' : 'Thread'}</h2>
        <button type="button" className="button-icon" aria-label="Close thread" onClick={onClose} data-testid="close-thread">
          <Icon name="close" />
        </button>
      </header>
      <div ref={list} className="post-list" role="log" aria-label="Posts in this thread" tabIndex={0}>
        {problem !== null && posts === undefined && <p className="empty">{problem}</p>}
        <ol className="posts">
          {posts?.map((post) => (
            <li key={post.id}>
              <Post post={post} channel={channel} showsAuthor isInThread />
            </li>
          ))}
        </ol>
      </div>
      {!channel.archived && (
        <div className="channel-foot">
          <Composer channel={channel} threadId={threadId} />
        </div>
      )}
    </aside>
  );
}
