import type { MediaLine } from '../protocol/answers';
import type { Slots } from '../protocol/events';

/** Pure: which of the client's own lines (by mid) carries which voice slot. */
export function voiceLines(lines: MediaLine[]): Map<string, number> {
  return new Map(lines.filter((line) => line.role === 'voiceIn').map((line) => [line.mid, line.index]));
}

/** Pure: whose voice a slot carries; null when nobody's. */
export function whoIsIn(slots: Slots, slot: number): string | null {
  return slots.voice[slot] ?? null;
}
