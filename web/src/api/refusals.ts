import type { Refusal } from '../protocol/answers';

/** The service said no, and why. */
export class RefusedError extends Error {
  readonly code: Refusal;
  readonly retryAfterMs: number | null;

  constructor(code: Refusal, message: string, retryAfterMs: number | null) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service could not do it just now: nothing is lost, and it is safe to ask again. So is a refusal that a newer service knows. */
export function isPassing(failure: unknown): failure is RefusedError {
  return (
    failure instanceof RefusedError &&
    (failure.code === 'unavailable' || failure.code === 'rate_limited' || !Object.hasOwn(sentences, failure.code))
  );
}

const sentences: Record<Refusal, string> = {
  invalid: 'The service did not understand that. Reload the page and try again.',
  unauthenticated: 'You are signed out. Sign in again to go on.',
  forbidden: 'You may not do that here.',
  not_a_member: 'You are not a member of this channel. Ask a member to add you.',
  blocked: 'The host removed you and blocked you for this call.',
  calls_disabled: 'Calls are switched off in this channel.',
  calls_test_mode: 'Only admins can start calls at the moment. You can join a call that an admin has started.',
  screen_disabled: 'Screen sharing is switched off by the admin.',
  not_your_session: 'This call goes on in another window. Join again from here if you want.',
  not_found: 'There is no such channel, or you may not see it.',
  no_call: 'There is no call here any more.',
  session_gone: 'You are no longer in the call. Join again to come back.',
  call_full: 'The call is full. Try again when somebody has left.',
  screen_taken: 'Somebody else is sharing a screen.',
  already_live: 'A call is live here already. Join it instead.',
  not_in_call: 'You are not in this call. Join it first.',
  resume_lost: 'This call goes on in another window. Join again from here if you want.',
  channel_archived: 'This channel is archived, so there are no calls in it.',
  recording_running: 'A recording is running already.',
  not_recording: 'No recording is running.',
  user_deactivated: 'This person is deactivated, so you cannot call them.',
  media_moved: 'The connection was replaced by a newer one.',
  too_large: 'That is larger than the service accepts.',
  unsupported_media: 'The service does not accept this kind of content.',
  sdp_rejected: 'The service and this browser could not agree on audio. Try a current version of the browser.',
  rate_limited: 'That was too fast. Wait a moment and try again.',
  no_media_node: 'No media server is available for the call right now. Try again in a moment.',
  unavailable: 'The service cannot do this right now. Try again in a moment.',
};

/** One plain sentence that names what to do, for whatever went wrong. */
export function failureSentence(failure: unknown): string {
  if (failure instanceof RefusedError) {
    if (failure.code === 'rate_limited' && failure.retryAfterMs !== null) {
      const seconds = Math.ceil(failure.retryAfterMs / 1000);
      return `That was too fast. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    }

    // A newer service may know a refusal that this client does not; its own message is a sentence too.
    return Object.hasOwn(sentences, failure.code) ? sentences[failure.code] : failure.message;
  }

  return 'The service cannot be reached. Check your connection and try again.';
}

/** As above, for something that only a host may do and that is about somebody else. */
export function hostFailureSentence(failure: unknown): string {
  switch (failure instanceof RefusedError ? failure.code : null) {
    case 'forbidden':
      return 'Only the host or an admin can do that, and you are not the host any more.';
    case 'session_gone':
    case 'not_in_call':
      return 'They have left the call already.';
    case 'no_call':
      return 'The call is over already.';
    case 'unavailable':
      return 'The media server has not confirmed it yet. It is tried again until it holds.';
    default:
      return failureSentence(failure);
  }
}
