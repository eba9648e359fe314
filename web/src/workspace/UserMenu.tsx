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
  const { me } = useWorkspace().state;
  return (
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
  );
}
