import type { CallState } from '../call/callState';
import type { CallSnapshot, SessionSnapshot } from '../protocol/answers';
import type { ChannelKind, User } from '../protocol/workspace';

export type HostChoice = 'make' | 'mute' | 'ask-unmute' | 'lower-hand' | 'stop-screen' | 'remove';

/** Pure: who may use the host controls (S34). The service checks it again. */
export function isInCharge(call: Pick<CallSnapshot, 'hostUserId'>, me: Pick<User, 'id' | 'role'>): boolean {
  return call.hostUserId === me.id || me.role === 'admin';
}

/** Pure: what makes sense to do with a session at this moment, in the order of the menu (S36). */
export function hostChoices(call: CallSnapshot, target: SessionSnapshot, me: User, mySessionId: string): HostChoice[] {
  if (!isInCharge(call, me)) {
    return [];
  }

  const isThisDevice = target.sessionId === mySessionId; // It has its own buttons for these.
  const isMine = target.userId === me.id;
  const offered: [HostChoice, boolean][] = [
    ['mute', !target.muted && !isThisDevice],
    ['ask-unmute', target.muted && !isMine],
    ['lower-hand', target.raisedAt !== null && !isThisDevice],
    ['stop-screen', call.screenSessionId === target.sessionId && !isThisDevice],
    ['make', target.userId !== call.hostUserId],
    ['remove', !isThisDevice],
  ];
  return offered.filter(([, isOffered]) => isOffered).map(([choice]) => choice);
}

/** Pure: whether the one who leaves is asked first what becomes of the call (S47). */
export function isAskedOnLeaving(call: CallSnapshot, channelKind: ChannelKind | undefined, me: string, mySessionId: string): boolean {
  const others = call.sessions.filter((session) => session.sessionId !== mySessionId);
  // With another device of mine in it the call keeps its host.
  return call.hostUserId === me && channelKind !== 'direct' && others.length > 0 && others.every((session) => session.userId !== me);
}

/** Pure: whether the question to the host who leaves still stands; the session it was about may have ended, and another begun. */
export function isLeaveAsked(askedFor: string | null, present: Pick<CallState, 'sessionId'>): boolean {
  return present.sessionId === askedFor;
}
