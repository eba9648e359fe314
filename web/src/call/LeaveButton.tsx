import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';

export function LeaveButton() {
  const { leave } = useWorkspace();
  return (
    <button
      type="button"
      className="leave-button"
      aria-label="Leave call"
      title={`Leave call (${shortcutText('leave')})`}
      data-testid="leave-button"
      onClick={leave}
    >
      <Icon name="hangUp" />
    </button>
  );
}
