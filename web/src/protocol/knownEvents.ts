import type { CallEvent } from './events';

// A record and not a list, so that the compiler notices a missing one.
const known: Record<CallEvent['type'], true> = {
  call_started: true,
  call_updated: true,
  call_ended: true,
  participant_joined: true,
  participant_left: true,
  participant_disconnected: true,
  participant_reconnected: true,
  muted: true,
  unmuted: true,
  hand_raised: true,
  hand_lowered: true,
  reacted: true,
  screen_started: true,
  screen_stopped: true,
  unmute_requested: true,
  unmute_declined: true,
  removed: true,
  host_changed: true,
  media_moved: true,
  slots: true,
  speaking: true,
  session_ended: true,
  calls_policy_changed: true,
  start_policy_changed: true,
  post_created: true,
  post_edited: true,
  post_deleted: true,
  channel_changed: true,
  member_added: true,
  member_removed: true,
  user_changed: true,
};

/** A newer service may tell more than this client understands; such an event counts in the order but changes nothing. */
export function isKnownEvent(event: CallEvent): boolean {
  return Object.hasOwn(known, event.type);
}
