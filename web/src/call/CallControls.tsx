import { useState } from 'react';
import { DeviceSettings } from '../settings/DeviceSettings';
import { channelPath } from '../route';
import { shortcutText } from '../shortcuts/shortcutText';
import { Badge } from '../ui/Badge';
import { Icon } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { MenuItem } from '../ui/MenuItem';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallView } from './callEngine';
import type { CallState } from './callState';
import { useChatUnread } from './useChatUnread';
import { ConnectionDetails } from './ConnectionDetails';

/** Mute, settings, leave. */
export function CallControls({ view, state }: { view: CallView; state: CallState }) {
  const { engine, navigate, showShortcuts } = useWorkspace();
  const [panel, setPanel] = useState<'devices' | 'connection' | null>(null);
  const unread = useChatUnread(state);
  const { muted } = view;
  const isOpening = view.microphone.kind === 'opening';

  return (
    <div className="call-controls">
      <button
        type="button"
        className="mute-button"
        aria-pressed={muted}
        aria-label={muted ? 'Unmute' : 'Mute'}
        aria-busy={isOpening}
        title={`${muted ? 'Unmute' : 'Mute'} (${shortcutText('mute')})`}
        data-testid="mute-button"
        onClick={() => void engine.setMuted(!muted)}
      >
        <Icon name={muted ? 'microphoneOff' : 'microphone'} />
        <span>{isOpening ? 'Opening…' : muted ? 'Unmute' : 'Mute'}</span>
      </button>
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
                onChoose={choose(() => navigate(channelPath(state.call.channelId, state.call.threadId)))}
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
      <button
        type="button"
        className="leave-button"
        aria-label="Leave call"
        title={`Leave call (${shortcutText('leave')})`}
        data-testid="leave-button"
        onClick={() => void engine.leave()}
      >
        <Icon name="hangUp" />
      </button>
      {panel === 'devices' && <DeviceSettings onClose={() => setPanel(null)} />}
      {panel === 'connection' && <ConnectionDetails onClose={() => setPanel(null)} />}
    </div>
  );
}
