import { Dialog } from '../ui/Dialog';

export function EndDialog({ onEnd, onClose }: { onEnd: () => void; onClose: () => void }) {
  return (
    <Dialog title="End the call for everyone?" testId="end-dialog" onClose={onClose}>
      <p>Everybody leaves at once. What was written in the call's thread stays.</p>
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-danger"
          data-testid="end-confirm"
          onClick={() => {
            onClose();
            onEnd();
          }}
        >
          End for everyone
        </button>
      </div>
    </Dialog>
  );
}
