import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { BrowseChannels } from './BrowseChannels';
import { ChannelItem } from './ChannelItem';
import { useWorkspace } from './workspaceContext';

const groups: { title: string; has: (channel: Channel) => boolean }[] = [
  { title: 'Channels', has: ({ kind, archived }) => !archived && (kind === 'public' || kind === 'private') },
  { title: 'Direct messages', has: ({ kind, archived }) => !archived && (kind === 'group' || kind === 'direct') },
  { title: 'Archived', has: ({ archived }) => archived },
];

export function ChannelList({ openChannelId }: { openChannelId: string | null }) {
  const { channels, me } = useWorkspace().state;
  const [isBrowsing, setBrowsing] = useState(false);
  return (
    <nav className="channel-list" aria-label="Channels" data-testid="channel-list" aria-busy={channels === null}>
      {groups.map(({ title, has }, index) => {
        const mine = channels?.filter(has) ?? [];
        // Guests see nothing but the channels they were added to.
        const isBrowsable = index === 0 && channels !== null && me.role !== 'guest';
        return (
          (mine.length > 0 || isBrowsable) && (
            <section key={title}>
              <div className="channel-list-head">
                <h2>{title}</h2>
                {isBrowsable && (
                  <button
                    type="button"
                    className="button-icon"
                    aria-label="Browse public channels"
                    title="Browse public channels"
                    data-testid="browse-channels"
                    onClick={() => setBrowsing(true)}
                  >
                    <Icon name="plus" size={16} />
                  </button>
                )}
              </div>
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
      {/* Not a part of the sidebar, which is out of sight on small screens. */}
      {isBrowsing && createPortal(<BrowseChannels onClose={() => setBrowsing(false)} />, document.body)}
    </nav>
  );
}

function byName(a: Channel, b: Channel): number {
  return a.displayName.localeCompare(b.displayName);
}
