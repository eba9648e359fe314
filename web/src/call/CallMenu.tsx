import { useState } from 'react';
import { DeviceSettings } from '../settings/DeviceSettings';
import { Badge } from '../ui/Badge';
import { Icon } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { MenuItem } from '../ui/MenuItem';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallState } from './callState';
import { ConnectionDetails } from './ConnectionDetails';
import { useChatUnread } from './useChatUnread';

interface CallMenuProps {
  state: CallState;
  onShowChat: () => void;
}

/** The gear: devices, chat, connection details, shortcuts. */
export function CallMenu({ state, onShowChat }: CallMenuProps) {
  const { showShortcuts } = useWorkspace();
  const [panel, setPanel] = useState<'devices' | 'connection' | null>(null);
  const unread = useChatUnread(state);
  return (
    <>
      <MenuButton
        label={unread > 0 ? `Call settings, ${unread} unread in the chat` : 'Call settings'}
        testId="call-settings"
        className="button-icon control"
        face={
          <>
            <Icon name="gear" />
            <Badge count={unread} testId="chat-unread" />
          </>
        }
      >
        {(close) => {
          const choose = (act: () => void) => () => {
            close();
            act();
          };
          return (
            <>
              <MenuItem icon="speaker" text="Devices" testId="menu-devices" onChoose={choose(() => setPanel('devices'))} />
              <MenuItem
                icon="chat"
                text="Show chat"
                testId="menu-chat"
                extra={<Badge count={unread} testId="menu-chat-unread" />}
                onChoose={choose(onShowChat)}
              />
              <MenuItem
                icon="chart"
                text="Connection details"
                testId="menu-connection"
                onChoose={choose(() => setPanel('connection'))}
              />
              <MenuItem icon="keyboard" text="Keyboard shortcuts" testId="menu-shortcuts" onChoose={choose(showShortcuts)} />
            </>
          );
        }}
      </MenuButton>
      {panel === 'devices' && <DeviceSettings onClose={() => setPanel(null)} />}
      {panel === 'connection' && <ConnectionDetails onClose={() => setPanel(null)} />}
    </>
  );
}
