import type { CallEvent } from '../protocol/events';
import { type CallState, mySession } from './callState';
import { smallCallMax } from './eventNotices';
import { presentUsers } from './presentUsers';

export type CallSound = 'self_joined' | 'joined' | 'left';

/** Pure: the sound of an event, given the call before it. */
export function eventSound(event: CallEvent, before: CallState): CallSound | null {
  const me = mySession(before)?.userId;
  switch (event.type) {
    case 'participant_joined':
      return isHeard(event.data.session.userId) ? 'joined' : null;
    case 'participant_left':
      return event.data.reason !== 'moved' && isHeard(event.data.userId) ? 'left' : null;
    default:
      return null;
  }

  function isHeard(userId: string): boolean {
    return userId !== me && presentUsers(before.call).length < smallCallMax;
  }
}
