import { keyNames, type ShortcutId, shortcuts } from './shortcuts';

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** The keys of a shortcut in one word, for tooltips. */
export function shortcutText(id: ShortcutId): string {
  const shortcut = shortcuts.find((candidate) => candidate.id === id);
  return shortcut === undefined ? '' : keyNames(shortcut, isMac()).join(isMac() ? '' : '+');
}
