import type { Channel } from '../protocol/workspace';
import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import { useNotify } from '../ui/notify';
import { useWorkspace } from '../workspace/workspaceContext';
import { MoveHere } from './MoveHere';
import { useCallButton } from './useCallButton';
import { useMySessionElsewhere } from './useMySessionElsewhere';

/** The header's button: start, join, or why neither is possible (S11, S25). */
export function CallButton({ channel }: { channel: Channel }) {
  const { join } = useWorkspace();
  const notify = useNotify();
  const shortcut = shortcutText('call');
  const button = useCallButton(channel);
  const elsewhere = useMySessionElsewhere(channel);

  switch (button.kind) {
    case 'in_call':
      return (
        <span className="in-call" data-testid="in-call">
          <span className="live-dot" />
          In this call
        </span>
      );
    case 'joining':
      return (
        <button type="button" className="button button-live" disabled aria-busy="true" data-testid="call-button">
          Joining…
        </button>
      );
    case 'disabled':
      return (
        <>
          <span className="call-reason" id="call-reason" data-testid="call-button-reason">
            {button.reason}
          </span>
          <button
            type="button"
            className="button"
            aria-disabled="true"
            aria-describedby="call-reason"
            title={button.reason}
            data-testid="call-button"
            onClick={() => notify(button.reason)}
          >
            <Icon name="call" size={18} />
            <span className="call-button-text">{channel.call === null ? 'Start call' : 'Join call'}</span>
          </button>
        </>
      );
    case 'start':
      return (
        <button
          type="button"
          className="button button-quiet"
          title={`Start a call (${shortcut})`}
          data-testid="call-button"
          onClick={() => join(channel.id)}
        >
          <Icon name="call" size={18} />
          <span className="call-button-text">Start call</span>
        </button>
      );
    case 'join':
      return elsewhere !== null ? (
        <MoveHere channelId={channel.id} from={elsewhere} />
      ) : (
        <button
          type="button"
          className="button button-live"
          title={`Join the call (${shortcut})`}
          data-testid="call-button"
          onClick={() => join(channel.id)}
        >
          <Icon name="call" size={18} />
          <span className="call-button-text">Join call</span>
          <span className="visually-hidden">{channel.call?.participants} in the call</span>
        </button>
      );
  }
}
