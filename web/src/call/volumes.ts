/** How loud this browser's user wants to hear somebody. */
export interface Volume {
  /** 0 to 1: what an audio element can do. */
  level: number;
  isMuted: boolean;
}

const storageKey = 'calls.volumes';
const full: Volume = { level: 1, isMuted: false };

let present: Record<string, Volume> | null = null;
const readers = new Set<() => void>();

export function volumeOf(userId: string | null): Volume {
  present ??= load();
  return userId === null ? full : (present[userId] ?? full);
}

export function changeVolume(userId: string, difference: Partial<Volume>): void {
  const next = { ...volumeOf(userId), ...difference };
  const { [userId]: _former, ...others } = present ?? {};
  // Only what differs from the ordinary is kept.
  present = next.level === full.level && !next.isMuted ? others : { ...others, [userId]: next };
  localStorage.setItem(storageKey, JSON.stringify(present));
  readers.forEach((reader) => reader());
}

export function onVolumes(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

function load(): Record<string, Volume> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, Volume>;
  } catch {
    return {};
  }
}
