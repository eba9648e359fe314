import { Icon } from '../ui/Icon';
import { PostText } from './PostText';

/** The answer to a slash command, for nobody else to see. */
export function CommandResponse({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  return (
    <div className="command-response" role="status" data-testid="command-response">
      <div>
        <PostText text={text} isEdited={false} />
        <p className="hint">Only you see this.</p>
      </div>
      <button type="button" className="button-icon" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
