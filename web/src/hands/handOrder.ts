import type { SessionSnapshot } from '../protocol/answers';

/** Pure: the raised hands by session with their place in the row, the earliest first (S48h). */
export function handOrder(sessions: readonly SessionSnapshot[]): Map<string, number> {
  const raised = sessions.filter((session) => session.raisedAt !== null);
  raised.sort((a, b) => Date.parse(a.raisedAt ?? '') - Date.parse(b.raisedAt ?? '') || a.sessionId.localeCompare(b.sessionId));
  return new Map(raised.map((session, index) => [session.sessionId, index + 1]));
}
