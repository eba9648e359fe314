import type { CallEndReason, LeaveReason } from '../protocol/events';

const sessionEndings: Record<LeaveReason, string> = {
  left: 'You left the call.',
  removed: 'You were removed from the call.',
  call_ended: 'The call has ended.',
  media_timeout: 'No audio connection came about in time, so you were taken out of the call.',
  media_lost: 'The audio connection was lost and did not come back in time, so you left the call.',
  connection_lost: 'The connection to the service was lost and did not come back in time, so you left the call.',
  signed_out: 'You were signed out, so you left the call.',
  no_longer_member: 'You are no longer a member of this channel, so you left the call.',
  moved: 'The call goes on in another window or on another device.',
};

const callEndings: Record<CallEndReason, string> = {
  last_left: 'The call has ended: everybody left.',
  ended_by_host: 'The host ended the call for everyone.',
  ended_by_admin: 'An admin ended the call for everyone.',
  alone: 'The call has ended because only one person was left in it.',
  max_duration: 'The call has ended: it reached the longest duration allowed here.',
  channel_archived: 'The call has ended because the channel was archived.',
  failed: 'The call could not be set up.',
};

/** Why this browser's session is over, as a sentence. */
export function sessionEndedSentence(reason: LeaveReason, by: string | null): string {
  if (reason === 'removed' && by !== null) {
    return `${by} removed you from the call.`;
  }

  return Object.hasOwn(sessionEndings, reason) ? sessionEndings[reason] : sessionEndings.call_ended;
}

/** Why a call is over, as a sentence. */
export function callEndedSentence(reason: CallEndReason, by: string | null): string {
  if (by !== null && (reason === 'ended_by_host' || reason === 'ended_by_admin')) {
    return `${by} ended the call for everyone.`;
  }

  return Object.hasOwn(callEndings, reason) ? callEndings[reason] : sessionEndings.call_ended;
}
