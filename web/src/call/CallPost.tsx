import type { Channel, Post } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { AvatarRow } from './AvatarRow';
import { callButton } from './callButton';
import { CallTimer } from './CallTimer';
import { lengthInWords } from './duration';
import { presentUsers } from './presentUsers';
import { useCall } from './useCall';

/** A call's card in its channel: live with timer and a way in, then for good with how long it lasted (S50). */
export function CallPost({ post, channel }: { post: Post; channel: Channel }) {
  const callId = post.props['callId'];
  const isLive = channel.call !== null && channel.call.id === callId;
  const title = post.props['title'];
  return (
    <div className="call-post" data-testid="call-post" data-call-id={callId} data-state={isLive ? 'live' : 'ended'}>
      <span className="call-post-icon">
        <Icon name="call" />
      </span>
      <div className="call-post-text">
        <strong>{title !== undefined && title !== '' ? title : `${post.author.displayName} started a call`}</strong>
        {isLive ? <LiveLine channel={channel} startedAt={channel.call?.startedAt ?? post.createdAt} /> : <EndedLine post={post} />}
      </div>
      {isLive && <LiveActions channel={channel} />}
    </div>
  );
}

function LiveLine({ channel, startedAt }: { channel: Channel; startedAt: string }) {
  const { state } = useWorkspace();
  const roster = state.rosters[channel.id];
  const participants = channel.call?.participants ?? 0;
  return (
    <span className="call-post-line">
      {roster !== undefined && <AvatarRow userIds={presentUsers(roster)} size={20} />}
      {participants} in the call · <CallTimer startedAt={startedAt} />
    </span>
  );
}

function EndedLine({ post }: { post: Post }) {
  const durationMs = Number(post.props['durationMs']);
  const endedAt = post.props['endedAt'];
  if (endedAt === undefined || Number.isNaN(durationMs)) {
    return <span className="call-post-line">The call has ended</span>;
  }

  const count = post.props['participants']?.split(',').filter((id) => id !== '').length ?? 0;
  return (
    <span className="call-post-line" data-testid="call-post-duration">
      Ended · lasted {lengthInWords(durationMs)}
      {count > 0 && ` · ${count} ${count === 1 ? 'participant' : 'participants'}`}
    </span>
  );
}

function LiveActions({ channel }: { channel: Channel }) {
  const { engine, join } = useWorkspace();
  const button = callButton(channel, useCall());
  if (button.kind === 'in_call') {
    return (
      <button type="button" className="button button-quiet" data-testid="post-leave" onClick={() => void engine.leave()}>
        Leave
      </button>
    );
  }

  return (
    <button
      type="button"
      className="button button-live"
      disabled={button.kind !== 'join'}
      data-testid="post-join"
      onClick={() => join(channel.id)}
    >
      {button.kind === 'joining' ? 'Joining…' : 'Join call'}
    </button>
  );
}
