const pausePerParticipantMs = 20;
const pauseMaxMs = 20_000;

/**
 * Pure: how long a roster that was read stays good while the channel tells that it changed. Everybody who looks at the
 * channel reads all of it: the larger the call, the more there is to read, and the less one person matters in it.
 */
export function rosterPauseMs(participants: number): number {
  return Math.min(pauseMaxMs, participants * pausePerParticipantMs);
}
