import type { CallSnapshot } from '../protocol/answers';

/** Pure: the users of a call, each once however many devices they have in it, in the order they came. */
export function presentUsers(call: CallSnapshot): string[] {
  const sessions = [...call.sessions].sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1));
  return [...new Set(sessions.map((session) => session.userId))];
}
