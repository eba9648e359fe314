import { Icon } from '../ui/Icon';

/** The header of a page that is no channel of mine: on small screens, the way to the channels. */
export function BareHeader({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="channel-header">
      <button type="button" className="button-icon menu-toggle" aria-label="Show channels" data-testid="show-channels" onClick={onMenu}>
        <Icon name="menu" />
      </button>
    </header>
  );
}
