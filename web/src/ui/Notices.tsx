import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { Icon } from './Icon';
import { onDialogs, topDialog } from './openDialogs';
import type { Notice } from './useNotices';

/** Sentences for a few seconds; while a dialog is open they stand in it, or nobody could hear or dismiss them. */
export function Notices({ notices, onDismiss }: { notices: Notice[]; onDismiss: (id: number) => void }) {
  const dialog = useSyncExternalStore(onDialogs, topDialog);
  const shown = (
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
  return dialog === null ? shown : createPortal(shown, dialog);
}
