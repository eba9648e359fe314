export type ThemeChoice = 'system' | 'light' | 'dark';

const storageKey = 'calls.theme';

export function keptTheme(): ThemeChoice {
  const kept = localStorage.getItem(storageKey);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function keepTheme(choice: ThemeChoice): void {
  localStorage.setItem(storageKey, choice);
}

/** Pure: which colours to show. */
export function effectiveTheme(choice: ThemeChoice, systemIsDark: boolean): 'light' | 'dark' {
  return choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice;
}
