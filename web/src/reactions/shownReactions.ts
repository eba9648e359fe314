import type { Reacted } from '../protocol/events';
import type { Emoji } from '../protocol/answers';

/** A reaction while it is shown (S48). */
export interface ShownReaction {
  id: number;
  sessionId: string;
  emoji: Emoji;
  /** When it came, by this browser's clock. */
  at: number;
}

export const shownMs = 10_000;
export const shownMax = 50; // More at a time nobody could read; the oldest give way.

/** Pure: with one more; what has been shown long enough is gone. */
export function withReaction(shown: readonly ShownReaction[], { sessionId, emoji }: Reacted, now: number): readonly ShownReaction[] {
  const id = (shown.at(-1)?.id ?? 0) + 1;
  return [...withoutOld(shown, now), { id, sessionId, emoji, at: now }].slice(-shownMax);
}

/** Pure: what is still to be shown; the same list when that is all of it. */
export function withoutOld(shown: readonly ShownReaction[], now: number): readonly ShownReaction[] {
  const fresh = shown.filter(({ at }) => now - at < shownMs);
  return fresh.length === shown.length ? shown : fresh;
}

/** Pure: when the next one has been shown long enough; null when none is shown. */
export function nextEnd(shown: readonly ShownReaction[]): number | null {
  const oldest = shown[0];
  return oldest === undefined ? null : oldest.at + shownMs;
}

/** Pure: what each session reacted with last. */
export function latestReactions(shown: readonly ShownReaction[]): Map<string, ShownReaction> {
  return new Map(shown.map((reaction) => [reaction.sessionId, reaction]));
}
