import type { Channel, Post as PostData } from '../protocol/workspace';
import { Composer } from './Composer';
import { Post } from './Post';
import { useMarkThreadSeen } from './useMarkThreadSeen';
import { useStickToEnd } from './useStickToEnd';

interface ThreadPostsProps {
  channel: Channel;
  threadId: string;
  posts: PostData[] | undefined;
  problem: string | null;
}

/** What was written in a thread, and where one writes. */
export function ThreadPosts({ channel, threadId, posts, problem }: ThreadPostsProps) {
  const list = useStickToEnd<HTMLDivElement>(posts?.at(-1)?.id, posts?.[0]?.id);
  useMarkThreadSeen(threadId, posts?.at(-1));

  return (
    <>
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
    </>
  );
}
