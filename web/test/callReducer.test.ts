import { describe, expect, it } from 'vitest';
import { callReducer, isOutOfStep } from '../src/call/callReducer';
import { type CallState, enterCall, findSession, heldEventsMax } from '../src/call/callState';
import type { CallEvent } from '../src/protocol/events';
import { aCall, aSession } from './fixtures';

const at = '2026-01-01T10:00:01Z';

function joined(seq: number, sessionId: string): CallEvent {
  return { type: 'participant_joined', at, seq, data: { session: aSession(sessionId) } };
}

function play(state: CallState, ...events: CallEvent[]): CallState {
  return events.reduce((before, event) => callReducer(before, { type: 'event', event }), state);
}

const start = enterCall('mine', aCall());

describe('callReducer', () => {
  it('adds who joins and takes out who leaves, in order', () => {
    const state = play(
      start,
      joined(2, 'bob'),
      joined(3, 'carol'),
      { type: 'participant_left', at, seq: 4, data: { sessionId: 'bob', userId: 'user_of_bob', reason: 'left', by: null } },
    );
    expect(state.call.sessions.map((session) => session.sessionId)).toEqual(['mine', 'carol']);
    expect(state.call.seq).toBe(4);
  });

  it('counts two devices of one user as two sessions (S19)', () => {
    const phone: CallEvent = {
      type: 'participant_joined',
      at,
      seq: 2,
      data: { session: aSession('phone', { userId: 'user_of_mine' }) },
    };
    expect(play(start, phone).call.sessions).toHaveLength(2);
  });

  it('ignores an event that was told twice', () => {
    const once = play(start, joined(2, 'bob'));
    expect(play(once, joined(2, 'bob'))).toBe(once);
  });

  it('notices a gap, holds what comes after it, and changes nothing meanwhile', () => {
    const state = play(start, joined(3, 'carol'));
    expect(isOutOfStep(state)).toBe(true);
    expect(state.call).toBe(start.call);
  });

  it('holds what was told twice once', () => {
    const held = play(start, joined(3, 'carol'));
    expect(play(held, joined(3, 'carol'))).toBe(held);
  });

  it('goes on by itself when the missing event comes late', () => {
    const state = play(start, joined(4, 'dave'), joined(3, 'carol'), joined(2, 'bob'));
    expect(isOutOfStep(state)).toBe(false);
    expect(state.call.sessions.map((session) => session.sessionId)).toEqual(['mine', 'bob', 'carol', 'dave']);
  });

  it('closes a gap by a snapshot and then applies what was told after it', () => {
    const gap = play(start, joined(3, 'carol'), joined(4, 'dave'));
    const snapshot = aCall({ seq: 3, sessions: [aSession('mine'), aSession('bob'), aSession('carol')] });
    const state = callReducer(gap, { type: 'snapshot', call: snapshot });
    expect(isOutOfStep(state)).toBe(false);
    expect(state.call.seq).toBe(4);
    expect(findSession(state, 'dave')).toBeDefined();
  });

  it('does not go back to a snapshot older than what it knows', () => {
    const state = play(start, joined(2, 'bob'));
    expect(callReducer(state, { type: 'snapshot', call: aCall({ seq: 1 }) })).toBe(state);
  });

  it('holds a bounded number of events', () => {
    const events = Array.from({ length: heldEventsMax + 10 }, (_, index) => joined(3 + index, `s${index}`));
    expect(play(start, ...events).held).toHaveLength(heldEventsMax);
  });

  it('counts an event that it does not know in the order, so that no gap is seen', () => {
    const unknown = { type: 'confetti', at, seq: 2, data: {} } as unknown as CallEvent;
    const state = play(start, unknown, joined(3, 'bob'));
    expect(isOutOfStep(state)).toBe(false);
    expect(findSession(state, 'bob')).toBeDefined();
  });

  it('stops showing somebody as speaking who mutes, leaves or is disconnected', () => {
    const speaking: CallEvent = { type: 'speaking', at, data: { sessionIds: ['bob'], dominant: 'bob' } };
    const withBob = play(start, joined(2, 'bob'), speaking);
    const endings: CallEvent[] = [
      { type: 'muted', at, seq: 3, data: { sessionId: 'bob', by: null } },
      { type: 'participant_left', at, seq: 3, data: { sessionId: 'bob', userId: 'user_of_bob', reason: 'left', by: null } },
      { type: 'participant_disconnected', at, seq: 3, data: { sessionId: 'bob' } },
    ];
    for (const ending of endings) {
      expect(play(withBob, ending).speaking, ending.type).toEqual({ sessionIds: [], dominant: null });
    }
  });

  it('shows a session as reconnecting within its grace and connected after it', () => {
    const lost = play(start, joined(2, 'bob'), { type: 'participant_disconnected', at, seq: 3, data: { sessionId: 'bob' } });
    expect(findSession(lost, 'bob')?.connection).toBe('disconnected');
    const back = play(lost, { type: 'participant_reconnected', at, seq: 4, data: { sessionId: 'bob', connection: 'connected' } });
    expect(findSession(back, 'bob')?.connection).toBe('connected');
  });

  it('knows who holds the chair after it moved (S26)', () => {
    const state = play(start, {
      type: 'host_changed',
      at,
      seq: 2,
      data: { userId: 'user_of_bob', locked: true, by: null, reason: 'transferred' },
    });
    expect([state.call.hostUserId, state.call.hostLocked]).toEqual(['user_of_bob', true]);
  });

  it('takes the end of the call whatever is missing before it', () => {
    const gap = play(start, joined(5, 'bob'));
    const state = play(gap, {
      type: 'call_ended',
      at,
      seq: 9,
      data: { reason: 'ended_by_host', by: 'user_of_bob', endedAt: at, durationMs: 1000 },
    });
    expect(state.ended?.reason).toBe('ended_by_host');
    expect(isOutOfStep(state)).toBe(false);
  });
});
