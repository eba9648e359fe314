import { useState } from 'react';
import { CallButton } from '../call/CallButton';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { ChannelMenu } from './ChannelMenu';
import { channelIcon } from './channelIcon';
import { Members } from './Members';

export function ChannelHeader({ channel, onMenu }: { channel: Channel; onMenu: () => void }) {
  const [isMembersOpen, setMembersOpen] = useState(false);
  return (
    <header className="channel-header">
      <button type="button" className="button-icon menu-toggle" aria-label="Show channels" data-testid="show-channels" onClick={onMenu}>
        <Icon name="menu" />
      </button>
      <span className="channel-header-icon">
        <Icon name={channelIcon(channel)} />
      </span>
      <div className="channel-header-names">
        <h1 data-testid="channel-title">{channel.displayName}</h1>
        <button type="button" className="link-button" onClick={() => setMembersOpen(true)} data-testid="members-button">
          {channel.members} {channel.members === 1 ? 'member' : 'members'}
        </button>
      </div>
      <CallButton channel={channel} />
      <ChannelMenu channel={channel} onMembers={() => setMembersOpen(true)} />
      {isMembersOpen && <Members channel={channel} onClose={() => setMembersOpen(false)} />}
    </header>
  );
}
