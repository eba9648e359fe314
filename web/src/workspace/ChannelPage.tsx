import { CallBanner } from '../call/CallBanner';
import { useCallLink } from '../call/useCallLink';
import { useCallShortcut } from '../call/useCallShortcut';
import { channelPath, type Route } from '../route';
import { BareHeader } from './BareHeader';
import { ChannelHeader } from './ChannelHeader';
import { Composer } from './Composer';
import { NotAMember } from './NotAMember';
import { NotFound } from './NotFound';
import { PostList } from './PostList';
import { Thread } from './Thread';
import { useChannel } from './useChannel';
import { useChannelData } from './useChannelData';
import { useMarkRead } from './useMarkRead';
import { useWorkspace } from './workspaceContext';

interface ChannelPageProps {
  route: Extract<Route, { page: 'channel' }>;
  onMenu: () => void;
}

export function ChannelPage({ route, onMenu }: ChannelPageProps) {
  const { channelId, threadId } = route;
  const { navigate } = useWorkspace();
  const { channel, problem } = useChannel(channelId);
  useChannelData(channel);
  useMarkRead(channelId, channel?.unread ?? 0);
  useCallLink(route, channel);
  useCallShortcut(channel);

  if (problem === 'not_found') {
    return <NotFound onMenu={onMenu} />;
  }

  if (channel === null) {
    return (
      <main className="channel" aria-busy={problem !== 'not_a_member'}>
        <BareHeader onMenu={onMenu} />
        {problem === 'not_a_member' && <NotAMember channelId={channelId} />}
        {problem === 'unreachable' && <p className="empty">This channel cannot be reached right now. Trying again…</p>}
      </main>
    );
  }

  return (
    <>
      <main className="channel">
        <ChannelHeader channel={channel} onMenu={onMenu} />
        <PostList channel={channel} />
        <div className="channel-foot">
          <CallBanner channel={channel} />
          {channel.archived ? (
            <p className="archived" data-testid="archived">
              This channel is archived. It can be read, but there are no new posts or calls in it.
            </p>
          ) : (
            <Composer channel={channel} threadId={null} />
          )}
        </div>
      </main>
      {threadId !== null && (
        <Thread
          key={threadId}
          channel={channel}
          threadId={threadId}
          onClose={() => navigate(channelPath(channelId))}
        />
      )}
    </>
  );
}
