import type { MouseEvent } from 'react';
import type { Channel } from '../protocol/workspace';
import { channelPath } from '../route';
import { Icon } from '../ui/Icon';
import { opensElsewhere } from '../ui/opensElsewhere';
import { channelIcon } from './channelIcon';
import { useWorkspace } from './workspaceContext';
import { shownUnread } from './workspaceState';

export function ChannelItem({ channel, isOpen }: { channel: Channel; isOpen: boolean }) {
  const { state, navigate } = useWorkspace();
  const unread = shownUnread(state, channel);

  function open(event: MouseEvent) {
    if (!opensElsewhere(event)) {
      event.preventDefault();
      navigate(channelPath(channel.id));
    }
  }

  return (
    <a
      href={channelPath(channel.id)}
      className="channel-item"
      aria-current={isOpen ? 'page' : undefined}
      data-testid="channel-item"
      data-channel-id={channel.id}
      data-channel-name={channel.name}
      data-unread={unread > 0}
      onClick={open}
    >
      <Icon name={channelIcon(channel)} size={18} />
      <span className="channel-item-name">{channel.displayName}</span>
      {unread > 0 && (
        <span className="unread" data-testid="unread-count" aria-label={`${unread} unread`}>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
      {channel.call !== null && (
        <span
          className="call-mark"
          data-testid="call-mark"
          aria-label={`Call with ${channel.call.participants}`}
          title="A call is live here"
        >
          <Icon name="call" size={14} />
          {channel.call.participants}
        </span>
      )}
    </a>
  );
}
