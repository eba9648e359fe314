import type { CallState } from '../call/callState';
import { Dialog } from '../ui/Dialog';
import { useHostControls } from './useHostControls';

interface LeaveDialogProps {
  state: CallState;
  onLeave: () => void;
  onClose: () => void;
}

/** The host who leaves others behind says what becomes of the call (S47). */
export function LeaveDialog({ state, onLeave, onClose }: LeaveDialogProps) {
  const { end } = useHostControls(state);
  const choose = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Dialog title="You are the host" testId="leave-dialog" onClose={onClose}>
      <p>If you leave, the call goes on, and whoever has been in it longest becomes the host. Or end it for everyone.</p>
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" data-testid="leave-cancel" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button button-danger" data-testid="leave-end" onClick={choose(end)}>
          End for everyone
        </button>
        <button type="button" className="button button-primary" data-testid="leave-only" onClick={choose(onLeave)}>
          Leave
        </button>
      </div>
    </Dialog>
  );
}
