import type { Channel } from '../protocol/workspace';
import type { IconName } from '../ui/Icon';

const icons: Record<Channel['kind'], IconName> = { public: 'hash', private: 'lock', group: 'group', direct: 'chat' };

export function channelIcon(channel: Channel): IconName {
  return icons[channel.kind];
}
