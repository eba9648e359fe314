import type { SessionSnapshot } from '../protocol/answers';

/** Pure: who can be heard comes first, then by name; devices of one user in the order they came. */
export function participantOrder(
  sessions: readonly SessionSnapshot[],
  nameOf: (userId: string) => string,
): SessionSnapshot[] {
  return [...sessions].sort(
    (a, b) =>
      Number(a.muted) - Number(b.muted) ||
      nameOf(a.userId).localeCompare(nameOf(b.userId)) ||
      a.joinedAt.localeCompare(b.joinedAt) ||
      a.sessionId.localeCompare(b.sessionId),
  );
}
