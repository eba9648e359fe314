import { Icon } from '../ui/Icon';
import { ThreadPosts } from '../workspace/ThreadPosts';
import { useThread } from '../workspace/useThread';
import { findChannel } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallState } from './callState';

/** The call's thread as a panel beside the call, wherever the page is (S51, S52). */
export function CallChat({ state, onClose }: { state: CallState; onClose: () => void }) {
  const { channelId, threadId } = state.call;
  const channel = findChannel(useWorkspace().state, channelId);
  const { posts, problem } = useThread(threadId);
  return (
    <section className="call-chat" aria-label="Call chat" data-testid="call-chat">
      <header className="thread-header">
        <h2>Call chat</h2>
        <button type="button" className="button-icon" aria-label="Close chat" onClick={onClose} data-testid="close-chat">
          <Icon name="close" />
        </button>
      </header>
      {channel !== undefined && <ThreadPosts channel={channel} threadId={threadId} posts={posts} problem={problem} />}
    </section>
  );
}
