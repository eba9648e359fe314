import { Fragment } from 'react';
import { readPosts } from '../api/posts';
import { failureSentence } from '../api/refusals';
import type { Channel } from '../protocol/workspace';
import { useNotify } from '../ui/notify';
import { Post } from './Post';
import { postRows } from './postRows';
import { dayTitle } from './postTime';
import { useStickToEnd } from './useStickToEnd';
import { useWorkspace } from './workspaceContext';

export function PostList({ channel }: { channel: Channel }) {
  const { state, dispatch } = useWorkspace();
  const notify = useNotify();
  const pages = state.posts[channel.id];
  const list = useStickToEnd<HTMLDivElement>(pages?.items.at(-1)?.id, pages?.items[0]?.id);

  async function readOlder(after: string) {
    try {
      const page = await readPosts(channel.id, after);
      dispatch({ type: 'older_posts', channelId: channel.id, page });
    } catch (failure) {
      notify(failureSentence(failure));
    }
  }

  return (
    <div ref={list} className="post-list" role="log" aria-label={`Posts in ${channel.displayName}`} aria-busy={pages === undefined} tabIndex={0}>
      <div className="post-list-start">
        {pages?.next != null && (
          <button type="button" className="button button-quiet" onClick={() => void readOlder(pages.next ?? '')}>
            Show older posts
          </button>
        )}
        {pages !== undefined && pages.items.length === 0 && (
          <div className="empty">
            <h2>Nothing here yet</h2>
            {!channel.archived && <p>Write the first post, or start a call.</p>}
          </div>
        )}
      </div>
      <ol className="posts">
        {postRows(pages?.items ?? []).map(({ post, startsDay, showsAuthor }) => (
          <Fragment key={post.id}>
            {startsDay && (
              <li className="day">
                <span>{dayTitle(new Date(post.createdAt), new Date())}</span>
              </li>
            )}
            <li>
              <Post post={post} channel={channel} showsAuthor={showsAuthor} isInThread={false} />
            </li>
          </Fragment>
        ))}
      </ol>
    </div>
  );
}
