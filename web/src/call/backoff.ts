const firstDelayMs = 250;
const delayMaxMs = 8_000; // A gateway restarts within seconds; the grace period after a lost connection is 30 s.

/** How long to wait before the given attempt (from 0), spread so that a thousand clients don't come back at once. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const full = Math.min(delayMaxMs, firstDelayMs * 2 ** attempt);
  return Math.round(full * (0.5 + random / 2));
}
