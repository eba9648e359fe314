import { HandButton } from '../hands/HandButton';
import { ReactionButton } from '../reactions/ReactionButton';
import { channelPath } from '../route';
import { useWorkspace } from '../workspace/workspaceContext';
import { CallMenu } from './CallMenu';
import type { CallView } from './callEngine';
import type { CallState } from './callState';
import { LeaveButton } from './LeaveButton';
import { MuteButton } from './MuteButton';
import { ParticipantsButton } from './ParticipantsButton';

interface CallControlsProps {
  view: CallView;
  state: CallState;
  isListOpen: boolean;
  onToggleList: () => void;
}

/** What one can do in the widget. */
export function CallControls({ view, state, isListOpen, onToggleList }: CallControlsProps) {
  const { navigate } = useWorkspace();
  const { call } = state;
  return (
    <div className="call-controls">
      <MuteButton view={view} />
      <LeaveButton />
      <div className="call-tools">
        <ParticipantsButton count={call.sessions.length} isOpen={isListOpen} onToggle={onToggleList} />
        <HandButton state={state} />
        <ReactionButton />
        <CallMenu state={state} onShowChat={() => navigate(channelPath(call.channelId, call.threadId))} />
      </div>
    </div>
  );
}
