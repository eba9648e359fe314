import { describe, expect, it } from 'vitest';
import { lengthInWords, runningTime } from '../src/call/duration';
import { callEndedSentence, sessionEndedSentence } from '../src/call/endings';
import { eventNotice } from '../src/call/eventNotices';
import { enterCall } from '../src/call/callState';
import { participantOrder } from '../src/call/participantOrder';
import { presentUsers } from '../src/call/presentUsers';
import { speakingSentence } from '../src/call/speaking';
import { failureSentence, RefusedError } from '../src/api/refusals';
import type { Refusal } from '../src/protocol/answers';
import { callLink, parseRoute } from '../src/route';
import { avatarColor, initials } from '../src/ui/avatarColor';
import { byteSize } from '../src/workspace/byteSize';
import { channelsNamed } from '../src/workspace/channelsNamed';
import { postRows } from '../src/workspace/postRows';
import { dayTitle } from '../src/workspace/postTime';
import { textParts } from '../src/workspace/textParts';
import { aCall, aPost, aSession, aUser } from './fixtures';

const at = '2026-01-01T10:00:01Z';

describe('sentences', () => {
  it('say what a refusal means, and the service\'s own words for one that is new', () => {
    expect(failureSentence(new RefusedError('call_full', 'x', null))).toContain('full');
    expect(failureSentence(new RefusedError('too_sleepy' as Refusal, 'The call sleeps.', null))).toBe('The call sleeps.');
    expect(failureSentence(new RefusedError('rate_limited', '', 11_200))).toContain('in 12 seconds');
    expect(failureSentence(new TypeError('fetch'))).toContain('cannot be reached');
  });

  it('say why a session or a call is over', () => {
    expect(sessionEndedSentence('removed', 'Bob')).toBe('Bob removed you from the call.');
    expect(sessionEndedSentence('signed_out', null)).toContain('signed out');
    expect(callEndedSentence('channel_archived', null)).toContain('archived');
    expect(callEndedSentence('ended_by_host', 'Bob')).toBe('Bob ended the call for everyone.');
  });

  it('say who came, went or was muted by whom, but nothing about oneself', () => {
    const state = enterCall('mine', aCall({ sessions: [aSession('mine'), aSession('bob', { userId: 'bob' })] }));
    const name = (userId: string) => userId.toUpperCase();
    const joined = (sessionId: string, userId: string) =>
      eventNotice({ type: 'participant_joined', at, data: { session: aSession(sessionId, { userId }) } }, state, name);
    expect(joined('carol', 'carol')).toBe('CAROL joined the call.');
    expect(joined('phone', 'user_of_mine')).toBe('Another device of yours joined the call.');
    expect(joined('mine', 'user_of_mine')).toBeNull();
    const muted = (by: string | null) => eventNotice({ type: 'muted', at, data: { sessionId: 'mine', by } }, state, name);
    expect([muted('bob'), muted(null), muted('user_of_mine')]).toEqual(['BOB muted you.', null, null]);
  });

  it('say who speaks, oneself first', () => {
    const say = (speakers: string[], present = 3) => speakingSentence(speakers, 'me', (id) => id.toUpperCase(), present);
    expect([say([], 1), say([])]).toEqual(['Nobody else is here yet', 'Nobody is speaking']);
    expect([say(['me']), say(['bob'])]).toEqual(['You are speaking', 'BOB is speaking']);
    expect(say(['bob', 'me'])).toBe('You and BOB');
    expect(say(['bob', 'amy', 'me'])).toBe('You and 2 others');
  });

  it('give times and sizes as people read them', () => {
    expect([runningTime(-5), runningTime(65_000), runningTime(3_729_000)]).toEqual(['0:00', '1:05', '1:02:09']);
    expect([lengthInWords(20_000), lengthInWords(60_000), lengthInWords(7_200_000), lengthInWords(3_780_000)]).toEqual([
      'less than a minute',
      '1 minute',
      '2 hours',
      '1 hour 3 minutes',
    ]);
    expect([byteSize(900), byteSize(1_536), byteSize(30 * 1024 * 1024)]).toEqual(['900 B', '1.5 KB', '30 MB']);
  });

  it('name days near today by words', () => {
    const now = new Date(2026, 5, 15, 9);
    expect(dayTitle(new Date(2026, 5, 15, 0, 1), now)).toBe('Today');
    expect(dayTitle(new Date(2026, 5, 14, 23, 59), now)).toBe('Yesterday');
  });
});

describe('order and identity', () => {
  it('lists who can be heard first, then by name, and devices of one user apart', () => {
    const sessions = [
      aSession('1', { userId: 'zoe', muted: false }),
      aSession('2', { userId: 'bob' }),
      aSession('3', { userId: 'amy', joinedAt: '2026-01-01T10:02:00Z' }),
      aSession('4', { userId: 'amy', joinedAt: '2026-01-01T10:01:00Z' }),
    ];
    expect(participantOrder(sessions, (id) => id).map((session) => session.sessionId)).toEqual(['1', '4', '3', '2']);
  });

  it('counts a user with two devices once', () => {
    const call = aCall({ sessions: [aSession('a', { userId: 'bob' }), aSession('b', { userId: 'bob' })] });
    expect(presentUsers(call)).toEqual(['bob']);
  });

  it('gives people letters and a colour that stays', () => {
    expect([initials('Alice Liddell'), initials('bob'), initials('')]).toEqual(['AL', 'B', '']);
    expect(avatarColor('user_1')).toBe(avatarColor('user_1'));
  });
});

describe('finding a channel', () => {
  it('takes words of its name in any order, and lists by name', () => {
    const channels = ['Roof garden', 'Garden party', 'Kitchen'].map((displayName, index) => ({ id: `chan_${index}`, name: 'c', displayName, members: 1 }));
    expect(channelsNamed(channels, ' garden ').map((channel) => channel.displayName)).toEqual(['Garden party', 'Roof garden']);
    expect(channelsNamed(channels, 'garden ROOF').map((channel) => channel.displayName)).toEqual(['Roof garden']);
    expect(channelsNamed(channels, 'x')).toEqual([]);
  });
});

describe('addresses', () => {
  it('lead to a channel, its thread, or into its call (S13)', () => {
    expect(parseRoute('/channels/chan_1', '?join_call=true')).toEqual({
      page: 'channel',
      channelId: 'chan_1',
      threadId: null,
      joinCall: true,
    });
    expect(parseRoute('/channels/chan_1', '?thread=post_2')).toMatchObject({ threadId: 'post_2', joinCall: false });
    expect(parseRoute('/', '')).toEqual({ page: 'home' });
    expect(parseRoute('/admin', '')).toEqual({ page: 'unknown' });
    expect(callLink('https://calls.example', 'chan_1')).toBe('https://calls.example/channels/chan_1?join_call=true');
  });

  it('are found in a text without the full stop behind them, and nothing else is', () => {
    expect(textParts('See https://a.example/x. <b>not bold</b>')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://a.example/x', href: 'https://a.example/x' },
      { text: '. <b>not bold</b>', href: null },
    ]);
    expect(textParts('javascript:alert(1)').every((part) => part.href === null)).toBe(true);
  });
});

describe('postRows', () => {
  it('says who writes once per run, and again after a pause, another person or a call', () => {
    const post = (id: string, minute: number, author: string, type: 'text' | 'call' = 'text') =>
      aPost(id, { author: aUser(author), type, createdAt: new Date(2026, 0, 1, 10, minute).toISOString() });
    const rows = postRows([
      post('a', 0, 'bob'),
      post('b', 1, 'bob'),
      post('c', 9, 'bob'),
      post('d', 10, 'amy'),
      post('e', 10, 'amy', 'call'),
      post('f', 11, 'amy'),
    ]);
    expect(rows.map((row) => row.showsAuthor)).toEqual([true, false, true, true, true, true]);
    expect(rows.map((row) => row.startsDay)).toEqual([true, false, false, false, false, false]);
  });
});
