import { shortcutText } from '../shortcuts/shortcutText';
import { useShortcut } from '../shortcuts/useShortcut';
import { Icon } from '../ui/Icon';

interface ParticipantsButtonProps {
  count: number;
  isOpen: boolean;
  onToggle: () => void;
}

export function ParticipantsButton({ count, isOpen, onToggle }: ParticipantsButtonProps) {
  useShortcut('participants', onToggle);
  return (
    <button
      type="button"
      className="button-icon control participants-button"
      aria-expanded={isOpen}
      aria-label={`Participants: ${count}`}
      title={`Participants (${shortcutText('participants')})`}
      data-testid="participants-button"
      onClick={onToggle}
    >
      <Icon name="group" size={18} />
      <span className="tabular">{count}</span>
    </button>
  );
}
