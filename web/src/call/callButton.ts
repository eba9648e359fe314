import type { Channel } from '../protocol/workspace';
import type { CallView } from './callEngine';

/** What the button in the header offers. */
export type CallButtonState =
  | { kind: 'start' }
  | { kind: 'join' }
  | { kind: 'joining' }
  | { kind: 'in_call' }
  | { kind: 'disabled'; reason: string };

export const joiningElsewhere = 'You are joining another call this moment. Try again when that is done.';

/** Pure: the button's state, and when it cannot be pressed a sentence that says why (S25). */
export function callButton(
  channel: Channel,
  view: Pick<CallView, 'joining' | 'state' | 'full' | 'hub'>,
  isAdmin: boolean,
): CallButtonState {
  if (view.state?.call.channelId === channel.id) {
    return { kind: 'in_call' };
  }

  if (view.joining === channel.id) {
    return { kind: 'joining' };
  }

  if (channel.archived) {
    return { kind: 'disabled', reason: 'This channel is archived, so there are no calls in it.' };
  }

  if (channel.kind === 'direct' && channel.peerDeactivated) {
    return { kind: 'disabled', reason: 'This person is deactivated, so you cannot call them.' };
  }

  if (view.hub !== 'connected') {
    return { kind: 'disabled', reason: 'There is no connection to the service right now.' };
  }

  // One after the other: until then it is not known which call would have to be left.
  if (view.joining !== null) {
    return { kind: 'disabled', reason: joiningElsewhere };
  }

  if (channel.call === null) {
    const reason = whyNoStart(channel, isAdmin);
    return reason === null ? { kind: 'start' } : { kind: 'disabled', reason };
  }

  // A refused join is remembered until somebody leaves.
  if (view.full?.callId === channel.call.id && channel.call.participants >= view.full.participants) {
    return { kind: 'disabled', reason: 'The call is full. Try again when somebody has left.' };
  }

  return { kind: 'join' };
}

function whyNoStart({ callsEnabled, callsPolicy, mayTurnCalls, peerIsBot }: Channel, isAdmin: boolean): string | null {
  if (peerIsBot) {
    return 'Calls itself writes to you here. It cannot answer a call.';
  }

  if (callsPolicy === 'nobody') {
    return 'Calls are switched off in the whole workspace.';
  }

  if (!callsEnabled) {
    return `Calls are switched off in this channel.${mayTurnCalls ? ' You can switch them on in its menu.' : ''}`;
  }

  return callsPolicy === 'admins' && !isAdmin
    ? 'Only admins can start calls at the moment. You can join a call that an admin has started.'
    : null;
}
