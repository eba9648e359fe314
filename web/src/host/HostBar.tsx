import { useState } from 'react';
import type { CallState } from '../call/callState';
import { useWorkspace } from '../workspace/workspaceContext';
import { EndDialog } from './EndDialog';
import { isInCharge } from './hostChoices';
import { useHostControls } from './useHostControls';

/** What the host may do about everybody at once (S44, S47). */
export function HostBar({ state }: { state: CallState }) {
  const { me } = useWorkspace().state;
  const controls = useHostControls(state);
  const [isEnding, setEnding] = useState(false);
  if (!isInCharge(state.call, me)) {
    return null;
  }

  const canMute = state.call.sessions.some((session) => session.userId !== me.id && !session.muted);
  return (
    <div className="host-bar" data-testid="host-bar">
      <button type="button" className="button button-quiet" disabled={!canMute} data-testid="mute-others" onClick={controls.muteOthers}>
        Mute others
      </button>
      <button type="button" className="button button-quiet" data-testid="end-call" onClick={() => setEnding(true)}>
        End for all
      </button>
      {isEnding && <EndDialog onEnd={controls.end} onClose={() => setEnding(false)} />}
    </div>
  );
}
