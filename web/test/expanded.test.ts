import { describe, expect, it } from 'vitest';
import { enterCall } from '../src/call/callState';
import { eventSound } from '../src/call/eventSounds';
import { soundsLikeVoice } from '../src/call/mutedVoice';
import { participantOrder } from '../src/call/participantOrder';
import { deviceName } from '../src/call/thisDevice';
import { gridShape, tileGap } from '../src/expanded/gridShape';
import type { CallEvent, LeaveReason } from '../src/protocol/events';
import { withReaction } from '../src/reactions/shownReactions';
import { aCall, aSession } from './fixtures';

const at = '2026-01-01T10:00:01Z';
const second = (n: number) => `2026-01-01T10:00:${String(n).padStart(2, '0')}Z`;

describe('the order of participants', () => {
  it('is presenter, hands, voices, recent reactions, names', () => {
    const sessions = [
      aSession('zoe', { userId: 'zoe' }),
      aSession('amy', { userId: 'amy' }),
      aSession('reacted', { userId: 'zz' }),
      aSession('just reacted', { userId: 'zz' }),
      aSession('heard', { userId: 'zz', muted: false }),
      aSession('second hand', { userId: 'aa', raisedAt: second(20) }),
      aSession('first hand', { userId: 'zz', raisedAt: second(10) }),
      aSession('presenter', { userId: 'zz' }),
    ];
    const emoji = { name: 'clap', unified: '1F44F', skin: null };
    const reactions = withReaction(withReaction([], { sessionId: 'reacted', emoji }, 1), { sessionId: 'just reacted', emoji }, 2);
    const order = participantOrder(sessions, (id) => id, 'presenter', reactions).map(({ sessionId }) => sessionId);
    expect(order).toEqual(['presenter', 'first hand', 'second hand', 'heard', 'just reacted', 'reacted', 'amy', 'zoe']);
  });
});

describe('the grid of tiles', () => {
  const window = { width: 1240, height: 660 };
  const phone = { width: 370, height: 660 };
  const fits = (count: number, { width, height }: { width: number; height: number }) => {
    const { columns, tileWidth, tileHeight, shown } = gridShape(count, width, height);
    const tiles = shown < count ? shown + 1 : shown; // One tile says how many more there are.
    const rows = Math.ceil(tiles / columns);
    return columns * tileWidth + (columns - 1) * tileGap <= width && rows * tileHeight + (rows - 1) * tileGap <= height;
  };

  it('shows 2, 8 and 50 people whole, side by side where there is room and below each other on a phone', () => {
    expect([2, 8, 50].map((count) => gridShape(count, window.width, window.height).shown)).toEqual([2, 8, 50]);
    expect([gridShape(2, window.width, window.height).columns, gridShape(2, phone.width, phone.height).columns]).toEqual([2, 1]);
  });

  it('never needs more room than there is, however many they are', () => {
    const counts = [1, 2, 3, 8, 13, 50, 300, 1_000];
    expect(counts.filter((count) => !fits(count, window) || !fits(count, phone))).toEqual([]);
  });

  it('counts those of a thousand who are not seen', () => {
    const { shown } = gridShape(1_000, window.width, window.height);
    expect(shown).toBeGreaterThan(30);
    expect(shown).toBeLessThan(80);
  });
});

describe('sounds', () => {
  const small = enterCall('mine', aCall({ sessions: [aSession('mine'), aSession('bob')] }));
  const large = enterCall('mine', aCall({ sessions: ['mine', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => aSession(id)) }));
  const joined: CallEvent = { type: 'participant_joined', at, data: { session: aSession('carol') } };
  const left = (reason: LeaveReason): CallEvent => ({
    type: 'participant_left',
    at,
    data: { sessionId: 'bob', userId: 'user_of_bob', reason, by: null },
  });

  it('tell who comes and goes, in small calls alone', () => {
    expect([eventSound(joined, small), eventSound(left('left'), small)]).toEqual(['joined', 'left']);
    expect([eventSound(joined, large), eventSound(left('left'), large)]).toEqual([null, null]);
  });

  it('are none for a raised hand, for a move to another device, and for devices of mine', () => {
    const phone: CallEvent = { type: 'participant_joined', at, data: { session: aSession('phone', { userId: 'user_of_mine' }) } };
    const hand: CallEvent = { type: 'hand_raised', at, data: { sessionId: 'bob', raisedAt: at } };
    expect([hand, left('moved'), phone].map((event) => eventSound(event, small))).toEqual([null, null, null]);
  });
});

describe('speaking while muted', () => {
  it('is a word, not a knock or a fan', () => {
    const fan = Array<number>(10).fill(-55);
    expect([soundsLikeVoice(fan), soundsLikeVoice([...fan.slice(2), -20, -20])]).toEqual([false, false]);
    expect(soundsLikeVoice([...fan.slice(6), -30, -30, -30, -25, -30, -30])).toBe(true);
  });
});

describe('the other device', () => {
  it('has a name, if it told one', () => {
    const phone = aSession('phone', { device: { name: 'Firefox on Android', platform: 'Android', version: '130' } });
    expect([deviceName(phone), deviceName(aSession('old'))]).toEqual(['Firefox on Android', 'another device']);
  });
});
