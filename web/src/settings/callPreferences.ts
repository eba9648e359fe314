/** How this browser's user likes calls to behave; kept per browser. */
export interface CallPreferences {
  pushToTalk: boolean;
  /** Short sounds when people come and go. */
  sounds: boolean;
  /** Say so when the user speaks while muted. */
  tellsMutedVoice: boolean;
}

const storageKey = 'calls.preferences';
const defaults: CallPreferences = { pushToTalk: true, sounds: true, tellsMutedVoice: true };

let present: CallPreferences | null = null;
const readers = new Set<() => void>();

export function callPreferences(): CallPreferences {
  present ??= load();
  return present;
}

export function changeCallPreferences(difference: Partial<CallPreferences>): void {
  present = { ...callPreferences(), ...difference };
  localStorage.setItem(storageKey, JSON.stringify(present));
  readers.forEach((reader) => reader());
}

export function onCallPreferences(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

function load(): CallPreferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<CallPreferences>) };
  } catch {
    return defaults;
  }
}
