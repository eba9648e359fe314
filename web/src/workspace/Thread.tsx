import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { ThreadPosts } from './ThreadPosts';
import { useThread } from './useThread';

interface ThreadProps {
  channel: Channel;
  threadId: string;
  onClose: () => void;
}

/** A thread beside its channel. The thread of a call's post is the call's chat. */
export function Thread({ channel, threadId, onClose }: ThreadProps) {
  const { posts, problem } = useThread(threadId);
  const title = posts?.[0]?.type === 'call' ? 'Call chat' : 'Thread';

  return (
    <aside className="thread" aria-label={title} data-testid="thread">
      <header className="thread-header">
        <h2>{title}</h2>
        <button type="button" className="button-icon" aria-label="Close thread" onClick={onClose} data-testid="close-thread">
          <Icon name="close" />
        </button>
      </header>
      <ThreadPosts channel={channel} threadId={threadId} posts={posts} problem={problem} />
    </aside>
  );
}
