import { ExpandedCall } from '../expanded/ExpandedCall';
import { isLeaveAsked } from '../host/hostChoices';
import { LeaveDialog } from '../host/LeaveDialog';
import { RemovedDialog } from '../host/RemovedDialog';
import { UnmutePrompt } from '../host/UnmutePrompt';
import type { useLeave } from '../host/useLeave';
import { useWorkspace } from '../workspace/workspaceContext';
import { InCall } from './InCall';
import { MediaFailed } from './MediaFailed';
import { SwitchCall } from './SwitchCall';
import { useCall } from './useCall';
import type { useJoin } from './useJoin';

interface CallWindowProps {
  isExpanded: boolean;
  onCollapse: () => void;
  joining: ReturnType<typeof useJoin>;
  leaving: ReturnType<typeof useLeave>;
}

/** Of the call, what does not lie in the workspace but over it: its sound, the expanded view, and what is asked. */
export function CallWindow({ isExpanded, onCollapse, joining, leaving }: CallWindowProps) {
  const { engine } = useWorkspace();
  const view = useCall();
  const { state } = view;
  return (
    <>
      {state !== null && <InCall view={view} state={state} />}
      {state !== null && isExpanded && <ExpandedCall view={view} state={state} onClose={onCollapse} />}
      {joining.isAsking && <SwitchCall onConfirm={joining.confirm} onCancel={joining.cancel} />}
      {state !== null && isLeaveAsked(leaving.askedFor, state) && (
        <LeaveDialog state={state} onLeave={() => void engine.leave()} onClose={leaving.close} />
      )}
      <MediaFailed />
      <RemovedDialog />
      <UnmutePrompt />
    </>
  );
}
