import { Icon } from './Icon';
import type { Notice } from './useNotices';

export function Notices({ notices, onDismiss }: { notices: Notice[]; onDismiss: (id: number) => void }) {
  return (
    <div className="notices" role="status" aria-live="polite" data-testid="notices">
      {notices.map((notice) => (
        <div key={notice.id} className="notice" data-testid="notice">
          <span>{notice.text}</span>
          <button type="button" className="button-icon" aria-label="Dismiss" onClick={() => onDismiss(notice.id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
