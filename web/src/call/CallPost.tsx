import type { Channel, Post } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { CallPostActions } from './CallPostActions';
import { callPostState } from './callPostState';
import { EndedCallLine } from './EndedCallLine';
import { LiveCallLine } from './LiveCallLine';

/** A call's card in its channel: live with timer and a way in, then for good with how long it lasted (S50). */
export function CallPost({ post, channel }: { post: Post; channel: Channel }) {
  const state = callPostState(post, channel);
  const title = post.props['title'];
  return (
    <div className="call-post" data-testid="call-post" data-call-id={post.props['callId']} data-state={state}>
      <span className="call-post-icon">
        <Icon name="call" />
      </span>
      <div className="call-post-text">
        <strong>{title !== undefined && title !== '' ? title : `${post.author.displayName} started a call`}</strong>
        {state === 'starting' && <span className="call-post-line">One moment…</span>}
        {state === 'live' && channel.call !== null && <LiveCallLine channelId={channel.id} call={channel.call} />}
        {state === 'ended' && <EndedCallLine post={post} />}
      </div>
      {state === 'live' && <CallPostActions channel={channel} />}
    </div>
  );
}
