import { useCallButton } from '../call/useCallButton';
import type { Channel } from '../protocol/workspace';
import { callLink } from '../route';
import { Icon } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { MenuItem } from '../ui/MenuItem';
import { useNotify } from '../ui/notify';
import { CallsSwitch } from './CallsSwitch';
import { useWorkspace } from './workspaceContext';

/** The channel's information menu: one more way into the call, and the call's link (S11, S13). */
export function ChannelMenu({ channel, onMembers }: { channel: Channel; onMembers: () => void }) {
  const { join } = useWorkspace();
  const notify = useNotify();
  const button = useCallButton(channel);
  const link = callLink(window.location.origin, channel.id);

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(link);
      notify('The call link is copied. Whoever opens it joins the call.');
    } catch {
      notify(`The call link is ${link}`); // Browsers give the clipboard to secure pages only.
    }
  }

  return (
    <MenuButton
      label="Channel info"
      testId="channel-menu"
      className="button-icon"
      face={<Icon name="info" />}
    >
      {(close) => {
        const choose = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <>
            {(button.kind === 'start' || button.kind === 'join') && (
              <MenuItem
                icon="call"
                text={button.kind === 'start' ? 'Start call' : 'Join call'}
                testId="menu-call"
                onChoose={choose(() => join(channel.id))}
              />
            )}
            <MenuItem icon="link" text="Copy call link" testId="copy-call-link" onChoose={choose(() => void copyLink())} />
            <MenuItem icon="group" text="Members" testId="menu-members" onChoose={choose(onMembers)} />
            {channel.mayTurnCalls && !channel.archived && <CallsSwitch channel={channel} onChosen={close} />}
            {button.kind === 'disabled' && <p className="menu-note">{button.reason}</p>}
          </>
        );
      }}
    </MenuButton>
  );
}
