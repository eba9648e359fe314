import { assertNever } from '../assertNever';
import type { CallSnapshot, SessionSnapshot } from '../protocol/answers';
import type { CallEvent } from '../protocol/events';
import { isKnownEvent } from '../protocol/knownEvents';
import { type CallAction, type CallState, heldEventsMax } from './callState';

/** Pure: what the call looks like after an event or a snapshot. Notices a gap in the order and waits for a snapshot. */
export function callReducer(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'event':
      return receive(state, action.event);
    case 'snapshot':
      return adopt(state, action.call);
    case 'unmute_answered':
      return { ...state, unmuteAskedBy: null };
    case 'asked':
      return withAsked(state, action.sessionId, action.isAsked);
    default:
      return assertNever(action);
  }
}

/** Whether an event says something that was not told before, in its turn or ahead of it. */
export function isNews(state: CallState, event: CallEvent): boolean {
  return event.seq == null || (event.seq > state.call.seq && state.held.every((held) => held.seq !== event.seq));
}

/** Whether events are missing, so that the client has to ask for `Sync`. */
export function isOutOfStep(state: CallState): boolean {
  return state.held.length > 0 && state.ended === null;
}

function receive(state: CallState, event: CallEvent): CallState {
  // Without a number an event is not part of the order; the end needs no order.
  if (event.seq == null || event.type === 'call_ended') {
    return apply(state, event);
  }

  if (event.seq <= state.call.seq) {
    return state;
  }

  if (event.seq > state.call.seq + 1) {
    return isNews(state, event) ? { ...state, held: [...state.held, event].slice(-heldEventsMax) } : state;
  }

  return releaseHeld(advance(state, event, event.seq));
}

function adopt(state: CallState, call: CallSnapshot): CallState {
  // A snapshot may be older than what was told since it was taken.
  if (call.seq < state.call.seq) {
    return state;
  }

  const present = new Set(call.sessions.map((session) => session.sessionId));
  const speaking = {
    sessionIds: state.speaking.sessionIds.filter((id) => present.has(id)),
    dominant: state.speaking.dominant !== null && present.has(state.speaking.dominant) ? state.speaking.dominant : null,
  };
  return releaseHeld({ ...state, call, speaking });
}

function releaseHeld(state: CallState): CallState {
  let next = state;
  const waiting: CallEvent[] = [];
  for (const event of [...state.held].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))) {
    const seq = event.seq ?? 0;
    if (seq === next.call.seq + 1) {
      next = advance(next, event, seq);
    } else if (seq > next.call.seq) {
      waiting.push(event);
    }
  }

  return { ...next, held: waiting };
}

function advance(state: CallState, event: CallEvent, seq: number): CallState {
  const next = isKnownEvent(event) ? apply(state, event) : state;
  return { ...next, call: { ...next.call, seq } };
}

function apply(state: CallState, event: CallEvent): CallState {
  if (!isKnownEvent(event)) {
    return state;
  }

  switch (event.type) {
    case 'participant_joined':
      return withSessions(state, [
        ...state.call.sessions.filter((session) => session.sessionId !== event.data.session.sessionId),
        event.data.session,
      ]);
    case 'participant_left':
      return withAsked(
        withoutVoice(
          withSessions(state, state.call.sessions.filter((session) => session.sessionId !== event.data.sessionId)),
          event.data.sessionId,
        ),
        event.data.sessionId,
        false,
      );
    case 'participant_disconnected':
      return withoutVoice(
        change(state, event.data.sessionId, { connection: 'disconnected' }),
        event.data.sessionId,
      );
    case 'participant_reconnected':
      return change(state, event.data.sessionId, { connection: event.data.connection });
    case 'muted':
      return withoutVoice(change(state, event.data.sessionId, { muted: true }), event.data.sessionId);
    case 'unmuted':
      return unmuted(state, event.data.sessionId);
    case 'unmute_requested':
      // It goes to all of the user's devices; the one that is meant answers.
      return event.data.sessionId === state.sessionId ? { ...state, unmuteAskedBy: event.data.by } : state;
    case 'unmute_declined':
      return withAsked(state, event.data.sessionId, false);
    case 'hand_raised':
      return change(state, event.data.sessionId, { raisedAt: event.data.raisedAt });
    case 'hand_lowered':
      return change(state, event.data.sessionId, { raisedAt: null });
    case 'screen_started':
      return { ...state, call: { ...state.call, screenSessionId: event.data.sessionId } };
    case 'screen_stopped':
      return { ...state, call: { ...state.call, screenSessionId: null } };
    case 'host_changed':
      return { ...state, call: { ...state.call, hostUserId: event.data.userId, hostLocked: event.data.locked } };
    case 'slots':
      return { ...state, slots: event.data };
    case 'speaking':
      return { ...state, speaking: event.data };
    case 'call_ended':
      return { ...state, ended: event.data, held: [] };
    case 'call_started':
    case 'call_updated':
    case 'media_moved':
    case 'session_ended':
    case 'reacted':
    case 'removed':
    case 'calls_policy_changed':
    case 'start_policy_changed':
    case 'post_created':
    case 'post_edited':
    case 'post_deleted':
    case 'channel_changed':
    case 'member_added':
    case 'member_removed':
    case 'user_changed':
      return state; // Of the session's transport or of the workspace: not of the roster.
    default:
      return assertNever(event);
  }
}

function withSessions(state: CallState, sessions: SessionSnapshot[]): CallState {
  return { ...state, call: { ...state.call, sessions } };
}

function change(state: CallState, sessionId: string, difference: Partial<SessionSnapshot>): CallState {
  return withSessions(
    state,
    state.call.sessions.map((session) => (session.sessionId === sessionId ? { ...session, ...difference } : session)),
  );
}

function unmuted(state: CallState, sessionId: string): CallState {
  const next = withAsked(change(state, sessionId, { muted: false }), sessionId, false);
  return sessionId === state.sessionId ? { ...next, unmuteAskedBy: null } : next;
}

function withAsked(state: CallState, sessionId: string, isAsked: boolean): CallState {
  if (state.asked.includes(sessionId) === isAsked) {
    return state;
  }

  const others = state.asked.filter((id) => id !== sessionId);
  return { ...state, asked: isAsked ? [...others, sessionId] : others };
}

// Whoever is gone or muted speaks no more, whenever the next `speaking` comes.
function withoutVoice(state: CallState, sessionId: string): CallState {
  if (!state.speaking.sessionIds.includes(sessionId)) {
    return state;
  }

  return {
    ...state,
    speaking: {
      sessionIds: state.speaking.sessionIds.filter((id) => id !== sessionId),
      dominant: state.speaking.dominant === sessionId ? null : state.speaking.dominant,
    },
  };
}
