import type { CallView } from '../call/callEngine';
import { CallMenu } from '../call/CallMenu';
import type { CallState } from '../call/callState';
import { LeaveButton } from '../call/LeaveButton';
import { MuteButton } from '../call/MuteButton';
import { HandButton } from '../hands/HandButton';
import { ReactionButton } from '../reactions/ReactionButton';

interface ExpandedControlsProps {
  view: CallView;
  state: CallState;
  onShowChat: () => void;
}

export function ExpandedControls({ view, state, onShowChat }: ExpandedControlsProps) {
  return (
    <div className="call-controls">
      <MuteButton view={view} />
      <HandButton state={state} />
      <ReactionButton />
      <CallMenu state={state} onShowChat={onShowChat} />
      <LeaveButton />
    </div>
  );
}
