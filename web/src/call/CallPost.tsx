import type { Channel, Post } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { CallPostActions } from './CallPostActions';
import { EndedCallLine } from './EndedCallLine';
import { LiveCallLine } from './LiveCallLine';

/** A call's card in its channel: live with timer and a way in, then for good with how long it lasted (S50). */
export function CallPost({ post, channel }: { post: Post; channel: Channel }) {
  const callId = post.props['callId'];
  const live = channel.call !== null && channel.call.id === callId ? channel.call : null;
  const title = post.props['title'];
  return (
    <div className="call-post" data-testid="call-post" data-call-id={callId} data-state={live === null ? 'ended' : 'live'}>
      <span className="call-post-icon">
        <Icon name="call" />
      </span>
      <div className="call-post-text">
        <strong>{title !== undefined && title !== '' ? title : `${post.author.displayName} started a call`}</strong>
        {live === null ? <EndedCallLine post={post} /> : <LiveCallLine channelId={channel.id} call={live} />}
      </div>
      {live !== null && <CallPostActions channel={channel} />}
    </div>
  );
}
