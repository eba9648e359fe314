import type { CallState } from '../call/callState';
import { CallTimer } from '../call/CallTimer';
import { ParticipantsButton } from '../call/ParticipantsButton';
import { useChatUnread } from '../call/useChatUnread';
import { Badge } from '../ui/Badge';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { findChannel } from '../workspace/workspaceState';
import type { ExpandedPanel } from './ExpandedCall';

interface ExpandedHeadProps {
  state: CallState;
  panel: ExpandedPanel | null;
  onPanel: (panel: ExpandedPanel) => void;
  onClose: () => void;
}

export function ExpandedHead({ state, panel, onPanel, onClose }: ExpandedHeadProps) {
  const workspace = useWorkspace().state;
  const unread = useChatUnread(state);
  const { call } = state;
  return (
    <header className="expanded-head">
      <span className="live-dot" />
      <div className="expanded-title">
        <h1>{call.title ?? findChannel(workspace, call.channelId)?.displayName ?? 'Call'}</h1>
        <CallTimer startedAt={call.startedAt} />
      </div>
      <ParticipantsButton
        count={call.sessions.length}
        isOpen={panel === 'participants'}
        onToggle={() => onPanel('participants')}
      />
      <button
        type="button"
        className="button-icon control"
        aria-expanded={panel === 'chat'}
        aria-label={unread > 0 ? `Chat, ${unread} unread` : 'Chat'}
        title="Chat"
        data-testid="expanded-chat"
        onClick={() => onPanel('chat')}
      >
        <Icon name="chat" />
        <Badge count={unread} testId="expanded-chat-unread" />
      </button>
      <button
        type="button"
        className="button-icon control"
        aria-label="Back to the workspace"
        title="Back to the workspace"
        data-testid="collapse-button"
        onClick={onClose}
      >
        <Icon name="collapse" />
      </button>
    </header>
  );
}
