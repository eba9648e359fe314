import { useState } from 'react';
import { createPortal } from 'react-dom';
import { helpPath } from '../help/helpPath';
import { DeviceSettings } from '../settings/DeviceSettings';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { MenuItem } from '../ui/MenuItem';
import type { ThemeChoice } from '../ui/theme';
import { useWorkspace } from './workspaceContext';

interface UserMenuProps {
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
  onSignOut: () => void;
}

const themes: { choice: ThemeChoice; text: string }[] = [
  { choice: 'system', text: 'As the system' },
  { choice: 'light', text: 'Light' },
  { choice: 'dark', text: 'Dark' },
];

export function UserMenu({ theme, onTheme, onSignOut }: UserMenuProps) {
  const { state, showShortcuts } = useWorkspace();
  const { me } = state;
  const [areDevicesOpen, setDevicesOpen] = useState(false);
  return (
    <>
      <MenuButton
        label={`${me.displayName}: account and appearance`}
        testId="user-menu"
        className="user-button"
        face={
          <>
            <Avatar user={me} size={32} />
            <span className="user-names">
              <strong>{me.displayName}</strong>
              <span>@{me.username}</span>
            </span>
          </>
        }
      >
        {(close) => (
          <>
            <p className="menu-note" id="theme-label">
              Appearance
            </p>
            {themes.map(({ choice, text }) => (
              <button
                key={choice}
                type="button"
                role="menuitemradio"
                aria-checked={choice === theme}
                className="menu-item"
                tabIndex={-1}
                data-testid={`theme-${choice}`}
                onClick={() => onTheme(choice)}
              >
                <Icon name={choice === 'dark' ? 'moon' : choice === 'light' ? 'sun' : 'gear'} size={18} />
                {text}
                {choice === theme && (
                  <span className="menu-check">
                    <Icon name="check" size={16} />
                  </span>
                )}
              </button>
            ))}
            <hr />
            <MenuItem
              icon="speaker"
              text="Devices"
              testId="my-devices"
              onChoose={() => {
                close();
                setDevicesOpen(true);
              }}
            />
            <MenuItem
              icon="keyboard"
              text="Keyboard shortcuts"
              testId="my-shortcuts"
              onChoose={() => {
                close();
                showShortcuts();
              }}
            />
            {/* In a window of its own: a call goes on here. */}
            <a
              href={helpPath()}
              target="_blank"
              rel="noopener noreferrer"
              role="menuitem"
              className="menu-item"
              tabIndex={-1}
              data-testid="help-link"
              onClick={close}
            >
              <Icon name="info" size={18} />
              Troubleshooting
            </a>
            <hr />
            <MenuItem
              icon="signOut"
              text="Sign out"
              testId="sign-out"
              onChoose={() => {
                close();
                onSignOut();
              }}
            />
          </>
        )}
      </MenuButton>
      {/* Not a part of the sidebar, which is out of sight on small screens. */}
      {areDevicesOpen && createPortal(<DeviceSettings onClose={() => setDevicesOpen(false)} />, document.body)}
    </>
  );
}
