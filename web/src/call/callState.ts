import type { CallSnapshot, SessionSnapshot } from '../protocol/answers';
import type { CallEnded, CallEvent, Slots, Speaking } from '../protocol/events';

/** The call this browser is in, as its events tell it. */
export interface CallState {
  /** The session that is this browser. */
  sessionId: string;
  call: CallSnapshot;
  slots: Slots;
  speaking: Speaking;
  /** Events after a gap, kept in order until a snapshot closes it. Not empty means: ask for `Sync`. */
  held: CallEvent[];
  ended: CallEnded | null;
  /** The user who asks this browser to unmute, until it answered. */
  unmuteAskedBy: string | null;
  /** The sessions this browser asked to unmute and that have not answered. */
  asked: readonly string[];
}

export type CallAction =
  | { type: 'event'; event: CallEvent }
  | { type: 'snapshot'; call: CallSnapshot }
  | { type: 'unmute_answered' }
  | { type: 'asked'; sessionId: string; isAsked: boolean };

/** The server keeps no more events than this either; a longer gap is closed by the next snapshot alone. */
export const heldEventsMax = 500;

export function enterCall(sessionId: string, call: CallSnapshot): CallState {
  return {
    sessionId,
    call,
    slots: { voice: [], screen: null },
    speaking: { sessionIds: [], dominant: null },
    held: [],
    ended: null,
    unmuteAskedBy: null,
    asked: [],
  };
}

export function findSession(state: CallState, sessionId: string): SessionSnapshot | undefined {
  return state.call.sessions.find((session) => session.sessionId === sessionId);
}

export function mySession(state: CallState): SessionSnapshot | undefined {
  return findSession(state, state.sessionId);
}
