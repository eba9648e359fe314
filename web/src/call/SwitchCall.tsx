import { Dialog } from '../ui/Dialog';

export function SwitchCall({ onConfirm, onCancel }: { onConfirm: () => void; onCancel: () => void }) {
  return (
    <Dialog title="Leave the call you are in?" testId="switch-call" onClose={onCancel}>
      <p>You are in another call. To join this one, you leave the other.</p>
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Stay
        </button>
        <button type="button" className="button button-live" data-testid="switch-confirm" onClick={onConfirm}>
          Leave and join
        </button>
      </div>
    </Dialog>
  );
}
