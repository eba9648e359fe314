import type { CallEvent } from '../protocol/events';
import { type CallState, findSession, mySession } from './callState';
import { presentUsers } from './presentUsers';

/** From this many participants on, who comes and goes is no news any more, and makes no sound. */
export const smallCallMax = 8;

/** Pure: what to say to the user about an event, given the call before it; null for most. */
export function eventNotice(event: CallEvent, before: CallState, nameOf: (userId: string) => string): string | null {
  const me = mySession(before)?.userId;
  const isMe = (userId: string) => userId === me;
  const isThisSession = (sessionId: string) => sessionId === before.sessionId;
  const isSmall = presentUsers(before.call).length < smallCallMax;
  // Another device of mine is not "Alice" to me.
  const who = (userId: string) => (isMe(userId) ? 'Another device of yours' : nameOf(userId));
  const userOf = (sessionId: string) => findSession(before, sessionId)?.userId;
  const whoIn = (sessionId: string) => who(userOf(sessionId) ?? '');
  const isPresent = (userId: string) => before.call.sessions.some((session) => session.userId === userId);
  /** Somebody else did this to the session of this browser. */
  const isDoneToMe = (sessionId: string, by: string | null): by is string => isThisSession(sessionId) && by !== null && !isMe(by);

  switch (event.type) {
    case 'participant_joined': {
      const { userId, sessionId } = event.data.session;
      const isNews = isMe(userId) || (isSmall && !isPresent(userId));
      return isNews && !isThisSession(sessionId) ? `${who(userId)} joined the call.` : null;
    }

    case 'participant_left': {
      const { sessionId, userId, reason, by } = event.data;
      if (isThisSession(sessionId)) {
        return null;
      }

      if (reason === 'removed' && by !== null) {
        return `${isMe(by) ? 'You' : nameOf(by)} removed ${isMe(userId) ? 'another device of yours' : nameOf(userId)} from the call.`;
      }

      if (reason === 'moved') {
        return isMe(userId) || !isSmall ? null : `${nameOf(userId)} went on with another device.`;
      }

      return isSmall || isMe(userId) ? `${who(userId)} left the call.` : null;
    }

    case 'participant_disconnected': {
      const { sessionId } = event.data;
      return isSmall && !isThisSession(sessionId) && userOf(sessionId) !== undefined
        ? `${whoIn(sessionId)} lost the connection and is reconnecting.`
        : null;
    }

    case 'host_changed': {
      const { userId, by, reason } = event.data;
      if (userId === before.call.hostUserId) {
        return null;
      }

      if (isMe(userId)) {
        return reason === 'transferred' && by !== null && !isMe(by) ? `${nameOf(by)} made you the host.` : 'You are the host now.';
      }

      return `${nameOf(userId)} is the host now.`;
    }

    case 'muted':
      return isDoneToMe(event.data.sessionId, event.data.by) ? `${nameOf(event.data.by)} muted you.` : null;
    case 'hand_lowered':
      return isDoneToMe(event.data.sessionId, event.data.by) ? `${nameOf(event.data.by)} lowered your hand.` : null;
    case 'screen_stopped':
      return isDoneToMe(event.data.sessionId, event.data.by) ? `${nameOf(event.data.by)} stopped your screen share.` : null;
    case 'hand_raised': {
      const { sessionId } = event.data;
      const isNews = isSmall || before.call.hostUserId === me;
      return isNews && !isThisSession(sessionId) ? `${whoIn(sessionId)} raised a hand.` : null;
    }

    case 'unmuted':
      return before.asked.includes(event.data.sessionId) ? `${whoIn(event.data.sessionId)} unmuted.` : null;
    case 'unmute_declined':
      return `${whoIn(event.data.sessionId)} stays muted.`; // Told to nobody but the one who asked.
    default:
      return null; // Everything else is shown, not said.
  }
}
