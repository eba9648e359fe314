import { useEffect } from 'react';
import { Icon } from '../ui/Icon';
import type { ThemeChoice } from '../ui/theme';
import { ChannelList } from './ChannelList';
import { UserMenu } from './UserMenu';

interface SidebarProps {
  /** On small screens: whether it lies over the page. */
  isOpen: boolean;
  onClose: () => void;
  openChannelId: string | null;
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
  onSignOut: () => void;
}

export function Sidebar({ isOpen, onClose, openChannelId, theme, onTheme, onSignOut }: SidebarProps) {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        onClose();
      }
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [onClose]);

  return (
    <>
      {isOpen && <div className="sidebar-backdrop" onClick={onClose} />}
      <aside className="sidebar" data-open={isOpen}>
        <div className="sidebar-head">
          <UserMenu theme={theme} onTheme={onTheme} onSignOut={onSignOut} />
          <button type="button" className="button-icon menu-toggle" aria-label="Hide channels" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <ChannelList openChannelId={openChannelId} />
      </aside>
    </>
  );
}
