import { Dialog } from '../ui/Dialog';
import { shortcutActs } from './shortcutActs';
import { keyNames, type Shortcut, shortcuts } from './shortcuts';
import { isMac } from './shortcutText';

/** Every shortcut with the names that this computer's keys have; those that do nothing at the moment are paler. */
export function ShortcutsDialog({ isInCall, onClose }: { isInCall: boolean; onClose: () => void }) {
  const hasEffect = ({ id, isHeld }: Shortcut) => (isHeld ? isInCall : shortcutActs.has(id));
  return (
    <Dialog title="Keyboard shortcuts" testId="shortcuts" onClose={onClose}>
      <dl className="shortcuts">
        {shortcuts.map((shortcut) => (
          <div key={shortcut.id} className="shortcut" data-testid="shortcut" data-shortcut={shortcut.id} data-on={hasEffect(shortcut)}>
            <dt>
              {shortcut.text}
              {!hasEffect(shortcut) && <span className="visually-hidden"> (not at the moment)</span>}
            </dt>
            <dd>
              {keyNames(shortcut, isMac()).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">Paler ones do nothing at the moment. Single keys work while you are not writing.</p>
    </Dialog>
  );
}
