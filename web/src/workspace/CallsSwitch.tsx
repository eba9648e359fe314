import { setCallsEnabled } from '../api/channels';
import { failureSentence } from '../api/refusals';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

/** In the channel's menu, for those who may: whether calls can be started here (S-ch). A live call goes on. */
export function CallsSwitch({ channel, onChosen }: { channel: Channel; onChosen: () => void }) {
  const { dispatch } = useWorkspace();
  const notify = useNotify();

  async function turn() {
    onChosen();
    try {
      const changed = await setCallsEnabled(channel.id, !channel.callsEnabled);
      dispatch({ type: 'channel', channel: changed });
      notify(changed.callsEnabled ? 'Calls are switched on in this channel.' : 'Calls are switched off in this channel. A live one goes on.');
    } catch (failure) {
      notify(failureSentence(failure));
    }
  }

  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={channel.callsEnabled}
      className="menu-item"
      tabIndex={-1}
      data-testid="calls-switch"
      onClick={() => void turn()}
    >
      <Icon name="call" size={18} />
      Calls in this channel
      <span className="menu-check hint">{channel.callsEnabled ? 'on' : 'off'}</span>
    </button>
  );
}
