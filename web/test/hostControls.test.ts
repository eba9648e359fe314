import { describe, expect, it } from 'vitest';
import { callReducer } from '../src/call/callReducer';
import { enterCall } from '../src/call/callState';
import { eventNotice } from '../src/call/eventNotices';
import { handOrder } from '../src/hands/handOrder';
import { hostChoices, isAskedOnLeaving, isLeaveAsked } from '../src/host/hostChoices';
import { mayJoinAgain, shownRemoval } from '../src/host/removal';
import type { CallEvent } from '../src/protocol/events';
import { aCall, aChannel, aSession, aUser } from './fixtures';

const at = '2026-01-01T10:00:01Z';
const host = aUser('alice');
const mine = aSession('mine', { userId: 'alice' });
const bob = aSession('bob', { userId: 'bob' });
const call = aCall({ hostUserId: 'alice', sessions: [mine, bob, aSession('carol', { userId: 'carol' })] });
const name = (userId: string) => userId;
const say = (event: CallEvent, before = enterCall('mine', call)) => eventNotice(event, before, name);

describe('the host\'s menu', () => {
  it('offers what makes sense for somebody at this moment (S36)', () => {
    expect(hostChoices(call, bob, host, 'mine')).toEqual(['ask-unmute', 'make', 'remove']);
    expect(hostChoices(call, { ...bob, muted: false, raisedAt: at }, host, 'mine')).toEqual(['mute', 'lower-hand', 'make', 'remove']);
    expect(hostChoices({ ...call, screenSessionId: 'bob' }, bob, host, 'mine')).toContain('stop-screen');
  });

  it('is for the host and for admins alone (S34, S35)', () => {
    expect(hostChoices(call, mine, aUser('bob'), 'bob')).toEqual([]);
    expect(hostChoices(call, bob, aUser('root', { role: 'admin' }), 'root')).toContain('make');
  });

  it('offers the host nothing senseless for the own device, and an admin the chair', () => {
    expect(hostChoices(call, { ...mine, muted: false, raisedAt: at }, host, 'mine')).toEqual([]);
    expect(hostChoices(call, { ...bob, muted: false }, aUser('bob', { role: 'admin' }), 'bob')).toEqual(['make']);
  });

  it('treats another device of the host as one to be silenced or taken out, never asked', () => {
    const phone = aSession('phone', { userId: 'alice' });
    expect(hostChoices(call, phone, host, 'mine')).toEqual(['remove']);
    expect(hostChoices(call, { ...phone, muted: false }, host, 'mine')).toEqual(['mute', 'remove']);
  });
});

describe('leaving as host (S47)', () => {
  it('is asked about while others are there, but not alone, in a direct channel, or with another device of one\'s own', () => {
    const alone = aCall({ hostUserId: 'alice', sessions: [mine] });
    const withPhone = aCall({ hostUserId: 'alice', sessions: [mine, bob, aSession('phone', { userId: 'alice' })] });
    expect(isAskedOnLeaving(call, 'public', 'alice', 'mine')).toBe(true);
    expect(isAskedOnLeaving(call, 'direct', 'alice', 'mine')).toBe(false);
    expect(isAskedOnLeaving(call, 'public', 'bob', 'bob')).toBe(false);
    expect(isAskedOnLeaving(alone, 'public', 'alice', 'mine')).toBe(false);
    expect(isAskedOnLeaving(withPhone, 'public', 'alice', 'mine')).toBe(false);
  });

  it('is asked about the session that was to leave, not about the next one (S47)', () => {
    expect(isLeaveAsked('mine', enterCall('mine', call))).toBe(true);
    expect(isLeaveAsked('mine', enterCall('next', call))).toBe(false);
    expect(isLeaveAsked(null, enterCall('mine', call))).toBe(false);
  });
});

describe('being asked to unmute (S42)', () => {
  const asked = (sessionId: string): CallEvent => ({ type: 'unmute_requested', at, data: { sessionId, by: 'bob' } });
  const receive = (state: ReturnType<typeof enterCall>, event: CallEvent) => callReducer(state, { type: 'event', event });

  it('prompts on the session that is meant, until it is answered or unmuted', () => {
    const start = enterCall('mine', call);
    expect(receive(start, asked('phone')).unmuteAskedBy).toBeNull();
    const prompted = receive(start, asked('mine'));
    expect(prompted.unmuteAskedBy).toBe('bob');
    expect(callReducer(prompted, { type: 'unmute_answered' }).unmuteAskedBy).toBeNull();
    expect(receive(prompted, { type: 'unmuted', at, seq: 2, data: { sessionId: 'mine', by: null } }).unmuteAskedBy).toBeNull();
  });

  it('tells the asker the answer once', () => {
    const unmuted: CallEvent = { type: 'unmuted', at, seq: 2, data: { sessionId: 'bob', by: null } };
    const waiting = callReducer(enterCall('mine', call), { type: 'asked', sessionId: 'bob', isAsked: true });
    expect(say(unmuted, waiting)).toBe('bob unmuted.');
    expect(receive(waiting, unmuted).asked).toEqual([]);
    expect(say(unmuted)).toBeNull();
    expect(say({ type: 'unmute_declined', at, data: { sessionId: 'bob' } }, waiting)).toBe('bob stays muted.');
  });
});

describe('notices of the host\'s doing', () => {
  it('name who did it (S37, S40, S45, S46)', () => {
    const changed = (userId: string, by: string | null): CallEvent =>
      ({ type: 'host_changed', at, data: { userId, by, locked: true, reason: by === null ? 'succeeded' : 'transferred' } });
    const guest = enterCall('bob', call);
    expect(say(changed('bob', 'alice'))).toBe('bob is the host now.');
    expect(say(changed('bob', 'alice'), guest)).toBe('alice made you the host.');
    expect(say(changed('bob', null), guest)).toBe('You are the host now.');
    expect(say({ type: 'hand_lowered', at, data: { sessionId: 'bob', by: 'alice' } }, guest)).toBe('alice lowered your hand.');
    expect(say({ type: 'hand_lowered', at, data: { sessionId: 'bob', by: null } }, guest)).toBeNull();
    expect(say({ type: 'screen_stopped', at, data: { sessionId: 'bob', by: 'alice', reason: 'stopped_by_host' } }, guest)).toBe('alice stopped your screen share.');
    const removed: CallEvent = { type: 'participant_left', at, data: { sessionId: 'carol', userId: 'carol', reason: 'removed', by: 'alice' } };
    expect([say(removed), say(removed, guest)]).toEqual(['You removed carol from the call.', 'alice removed carol from the call.']);
  });

  it('say nothing of a second device or of a move as if somebody came or went (S19)', () => {
    const phone: CallEvent = { type: 'participant_joined', at, data: { session: aSession('phone', { userId: 'bob' }) } };
    const moved: CallEvent = { type: 'participant_left', at, data: { sessionId: 'bob', userId: 'bob', reason: 'moved', by: null } };
    expect([say(phone), say(moved)]).toEqual([null, 'bob went on with another device.']);
  });

  it('leave out who comes and goes in a large call', () => {
    const crowd = aCall({ sessions: Array.from({ length: 8 }, (_, index) => aSession(`s${index}`)) });
    const joined: CallEvent = { type: 'participant_joined', at, data: { session: aSession('late') } };
    expect(say(joined, enterCall('s0', crowd))).toBeNull();
    expect(say(joined)).toBe('user_of_late joined the call.');
  });
});

describe('raised hands (S48h)', () => {
  it('are numbered by when they went up', () => {
    const order = handOrder([
      aSession('a', { raisedAt: '2026-01-01T10:00:03Z' }),
      aSession('b'),
      aSession('c', { raisedAt: '2026-01-01T10:00:01.5Z' }),
    ]);
    expect([...order]).toEqual([['c', 1], ['a', 2]]);
  });
});

describe('somebody who was removed (S40, S41)', () => {
  const removal = { by: 'alice', isBlocked: false };
  const live = aChannel('chan_1', { call: { id: 'call_1', participants: 1, startedAt: at } });

  it('may join again while the call goes on, unless they are blocked', () => {
    expect(mayJoinAgain(removal, 'call_1', live)).toBe(true);
    expect(mayJoinAgain({ ...removal, isBlocked: true }, 'call_1', live)).toBe(false);
    expect(mayJoinAgain(removal, 'call_1', aChannel('chan_1'))).toBe(false);
    expect(mayJoinAgain(removal, 'call_0', live)).toBe(false);
    expect(mayJoinAgain(removal, 'call_1', undefined)).toBe(false);
  });

  it('is told so until they are back, also while and after joining again did not work', () => {
    const outside = { removal: null, state: null };
    expect(shownRemoval({ ...outside, removal }, null)).toBe(removal);
    expect(shownRemoval(outside, removal)).toBe(removal);
    expect(shownRemoval({ ...outside, state: enterCall('mine', call) }, removal)).toBeNull();
  });
});
