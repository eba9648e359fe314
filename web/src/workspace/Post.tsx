import { CallPost } from '../call/CallPost';
import type { Channel, Post as PostData } from '../protocol/workspace';
import { channelPath } from '../route';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { Attachment } from './Attachment';
import { PostText } from './PostText';
import { clockTime } from './postTime';
import { useWorkspace } from './workspaceContext';

interface PostProps {
  post: PostData;
  channel: Channel;
  showsAuthor: boolean;
  isInThread: boolean;
}

export function Post({ post, channel, showsAuthor, isInThread }: PostProps) {
  const { state, navigate, showProfile } = useWorkspace();
  const author = state.users[post.author.id] ?? post.author;
  const at = new Date(post.createdAt);
  const openThread = () => navigate(channelPath(channel.id, post.id));

  return (
    <article
      className="post"
      data-compact={!showsAuthor}
      data-testid="post"
      data-post-id={post.id}
      aria-label={`${author.displayName}, ${clockTime(at)}`}
    >
      <div className="post-side">
        {showsAuthor ? (
          <button type="button" className="avatar-button" tabIndex={-1} aria-label={`About ${author.displayName}`} onClick={() => showProfile(author)}>
            <Avatar user={author} size={36} />
          </button>
        ) : (
          <time className="post-side-time" dateTime={post.createdAt}>
            {clockTime(at)}
          </time>
        )}
      </div>
      <div className="post-main">
        {showsAuthor && (
          <div className="post-head">
            <button type="button" className="post-author" onClick={() => showProfile(author)}>
              {author.displayName}
            </button>
            {author.role === 'bot' && <span className="tag">bot</span>}
            {author.role === 'guest' && <span className="tag">guest</span>}
            <time dateTime={post.createdAt} title={at.toLocaleString()}>
              {clockTime(at)}
            </time>
          </div>
        )}
        {post.type === 'call' ? <CallPost post={post} channel={channel} /> : <PostText text={post.text} isEdited={post.editedAt !== null} />}
        {post.files.map((file) => (
          <Attachment key={file.id} file={file} />
        ))}
        {!isInThread && post.replies > 0 && (
          <button type="button" className="replies" onClick={openThread} data-testid="open-thread">
            <Icon name="thread" size={16} />
            {post.replies} {post.replies === 1 ? 'reply' : 'replies'}
          </button>
        )}
      </div>
      {!isInThread && (
        <button type="button" className="button-icon post-reply" aria-label="Reply in thread" title="Reply in thread" onClick={openThread} data-testid="reply-in-thread">
          <Icon name="thread" size={18} />
        </button>
      )}
    </article>
  );
}
