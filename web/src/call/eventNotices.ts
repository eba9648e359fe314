import type { CallEvent } from '../protocol/events';
import { type CallState, findSession, mySession } from './callState';

/** Pure: what to say to the user about an event, given the call before it; null for most. */
export function eventNotice(event: CallEvent, before: CallState, nameOf: (userId: string) => string): string | null {
  switch (event.type) {
    case 'participant_joined':
      return event.data.session.sessionId === before.sessionId ? null : `${who(event.data.session.userId)} joined the call.`;
    case 'participant_left':
      return event.data.sessionId === before.sessionId ? null : `${who(event.data.userId)} left the call.`;
    case 'participant_disconnected':
      return aboutOther(event.data.sessionId, (name) => `${name} lost the connection and is reconnecting.`);
    case 'host_changed':
      if (event.data.userId === before.call.hostUserId) {
        return null;
      }

      return isMe(event.data.userId) ? 'You are the host now.' : `${nameOf(event.data.userId)} is the host now.`;
    case 'muted':
      return event.data.sessionId === before.sessionId && event.data.by !== null && !isMe(event.data.by)
        ? `${nameOf(event.data.by)} muted you.`
        : null;
    default:
      return null; // Everything else is shown, not said.
  }

  function isMe(userId: string): boolean {
    return mySession(before)?.userId === userId;
  }

  // Another device of mine is not "Alice" to me.
  function who(userId: string): string {
    return isMe(userId) ? 'Another device of yours' : nameOf(userId);
  }

  function aboutOther(sessionId: string, say: (name: string) => string): string | null {
    const session = findSession(before, sessionId);
    return session === undefined || sessionId === before.sessionId ? null : say(who(session.userId));
  }
}
