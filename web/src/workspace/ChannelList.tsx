import type { Channel } from '../protocol/workspace';
import { ChannelItem } from './ChannelItem';
import { useWorkspace } from './workspaceContext';

const groups: { title: string; has: (channel: Channel) => boolean }[] = [
  { title: 'Channels', has: ({ kind, archived }) => !archived && (kind === 'public' || kind === 'private') },
  { title: 'Direct messages', has: ({ kind, archived }) => !archived && (kind === 'group' || kind === 'direct') },
  { title: 'Archived', has: ({ archived }) => archived },
];

export function ChannelList({ openChannelId }: { openChannelId: string | null }) {
  const { channels } = useWorkspace().state;
  return (
    <nav className="channel-list" aria-label="Channels" data-testid="channel-list" aria-busy={channels === null}>
      {groups.map(({ title, has }) => {
        const mine = channels?.filter(has) ?? [];
        return (
          mine.length > 0 && (
            <section key={title}>
              <h2>{title}</h2>
              <ul>
                {[...mine].sort(byName).map((channel) => (
                  <li key={channel.id}>
                    <ChannelItem channel={channel} isOpen={channel.id === openChannelId} />
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </nav>
  );
}

function byName(a: Channel, b: Channel): number {
  return a.displayName.localeCompare(b.displayName);
}
