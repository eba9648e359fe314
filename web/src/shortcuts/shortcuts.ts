export type ShortcutId = 'call' | 'mute' | 'talk' | 'hand' | 'react' | 'screen' | 'participants' | 'record' | 'leave' | 'help';

export interface Shortcut {
  id: ShortcutId;
  text: string;
  /** The key by its place on the keyboard, or by what it writes. */
  key: { code: string } | { writes: string };
  /** Ctrl, or Cmd on a Mac; either is taken anywhere. */
  mod: boolean;
  shift: boolean;
  alt: boolean;
  isHeld: boolean;
}

const plain = { mod: false, shift: false, alt: false, isHeld: false };
const shifted = { ...plain, mod: true, shift: true };
const withAlt = { ...plain, mod: true, alt: true };

/** Every keyboard shortcut: what acts on keys and what lists them are both made of this. */
export const shortcuts: readonly Shortcut[] = [
  { id: 'call', text: 'Start or join the call of the open channel', key: { code: 'KeyS' }, ...withAlt },
  { id: 'mute', text: 'Mute or unmute', key: { code: 'Space' }, ...shifted },
  { id: 'talk', text: 'Talk while you hold it, when muted', key: { code: 'Space' }, ...plain, isHeld: true },
  { id: 'hand', text: 'Raise or lower your hand', key: { code: 'KeyY' }, ...shifted },
  { id: 'react', text: 'React', key: { code: 'KeyX' }, ...shifted },
  { id: 'screen', text: 'Share your screen, or stop', key: { code: 'KeyE' }, ...shifted },
  { id: 'participants', text: 'Show or hide the participants', key: { code: 'KeyP' }, ...shifted },
  { id: 'record', text: 'Start or stop recording', key: { code: 'KeyR' }, ...withAlt },
  { id: 'leave', text: 'Leave the call', key: { code: 'KeyL' }, ...shifted },
  { id: 'help', text: 'Show these shortcuts', key: { writes: '?' }, ...plain },
];

/** What a key press has that matters; a `KeyboardEvent` does. */
export interface KeyPress {
  code: string;
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  getModifierState(name: string): boolean;
}

/** Pure: the shortcut that was pressed. */
export function pressedShortcut(press: KeyPress): Shortcut | undefined {
  return shortcuts.find((shortcut) => {
    const mod = press.ctrlKey || press.metaKey;
    if ('writes' in shortcut.key) {
      return !mod && shortcut.key.writes === press.key;
    }

    // Windows tells AltGr as Ctrl + Alt, and there are languages that write a letter with AltGr + S.
    const writesLetter = shortcut.alt && press.getModifierState('AltGraph');
    return (
      shortcut.key.code === press.code &&
      !writesLetter &&
      shortcut.mod === mod &&
      shortcut.shift === press.shiftKey &&
      shortcut.alt === press.altKey
    );
  });
}

/** Pure: the names on the keys, as this kind of computer has them. */
export function keyNames(shortcut: Shortcut, isMac: boolean): string[] {
  const { key } = shortcut;
  return [
    ...(shortcut.mod ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(shortcut.alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(shortcut.shift ? [isMac ? '⇧' : 'Shift'] : []),
    'writes' in key ? key.writes : key.code.replace(/^Key/, ''),
  ];
}
