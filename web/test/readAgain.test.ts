import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAsking } from '../src/api/keepAsking';
import { RefusedError } from '../src/api/refusals';
import type { CallSnapshot } from '../src/protocol/answers';
import type { CallEvent } from '../src/protocol/events';
import type { Page, Post } from '../src/protocol/workspace';
import { rosterPauseMs } from '../src/workspace/rosterPause';
import { workspaceReducer } from '../src/workspace/workspaceReducer';
import { startWorkspace, type WorkspaceState } from '../src/workspace/workspaceState';
import { aCall, aChannel, aPost, aUser } from './fixtures';
import { installFakeBrowser } from './fakeRtc';

const at = '2026-01-01T10:00:01Z';
const channelId = 'chan_1';
const live = { id: 'call_1', participants: 2, startedAt: at };

function post(name: string, minute: number, difference: Partial<Post> = {}): Post {
  return aPost(name, { createdAt: new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString(), ...difference });
}

function tell(state: WorkspaceState, ...events: CallEvent[]): WorkspaceState {
  return events.reduce((before, event) => workspaceReducer(before, { type: 'event', event }), state);
}

const created = (one: Post): CallEvent => ({ type: 'post_created', at, channelId, data: { post: one } });
const deleted = (postId: string): CallEvent => ({ type: 'post_deleted', at, channelId, data: { postId, threadId: null } });
const ended: CallEvent = {
  type: 'call_ended',
  at,
  channelId,
  callId: 'call_1',
  data: { reason: 'last_left', by: null, endedAt: at, durationMs: 1 },
};

/** The newest page is asked for, then come the events, then its answer, newest first. */
function readPosts(state: WorkspaceState, page: Page<Post>, ...meanwhile: CallEvent[]): WorkspaceState {
  return workspaceReducer(tell(state, ...meanwhile), { type: 'posts', channelId, page, before: state.posts[channelId] });
}

const shown = (state: WorkspaceState) => state.posts[channelId]?.items.map(({ id }) => id);
const empty = startWorkspace(aUser('me'));
const opened = readPosts(empty, { items: [post('d', 4), post('c', 3)], next: 'before c' });

describe('posts that are read again after the service was away', () => {
  it('leave the older pages where the newest one reaches back to them', () => {
    const older = workspaceReducer(opened, { type: 'older_posts', channelId, page: { items: [post('b', 2), post('a', 1)], next: 'before a' } });
    const again = readPosts(older, { items: [post('e', 5), post('d', 4)], next: 'before d' });
    expect([shown(again), again.posts[channelId]?.next]).toEqual([['a', 'b', 'c', 'd', 'e'], 'before a']);
  });

  it('take the place of all others where more was missed than one page holds', () => {
    const again = readPosts(opened, { items: [post('y', 50), post('x', 49)], next: 'before x' });
    expect([shown(again), again.posts[channelId]?.next]).toEqual([['x', 'y'], 'before x']);
  });

  it('are without what was deleted meanwhile, the newest one too', () => {
    expect(shown(readPosts(opened, { items: [post('c', 3), post('b', 2)], next: null }))).toEqual(['b', 'c']);
  });

  it('miss nothing that was told while they were on their way, and bring nothing back', () => {
    const page = { items: [post('d', 4), post('c', 3)], next: 'before c' };
    const edited: CallEvent = { type: 'post_edited', at, channelId, data: { post: post('d', 4, { text: 'better' }) } };
    const again = readPosts(opened, page, created(post('e', 5)), deleted('c'), edited);
    expect(shown(again)).toEqual(['d', 'e']);
    expect(again.posts[channelId]?.items[0]?.text).toBe('better');
  });

  it('stand in the order of their times, of which a whole second is written shorter', () => {
    const page = { items: [aPost('later', { createdAt: '2026-01-01T10:00:06.25Z' }), aPost('sooner', { createdAt: '2026-01-01T10:00:06Z' })], next: null };
    expect(shown(readPosts(empty, page))).toEqual(['sooner', 'later']);
  });
});

describe('an answer that events have overtaken', () => {
  const start: WorkspaceState = { ...empty, channels: [aChannel(channelId, { call: live }), aChannel('chan_2')] };
  const roster = (state: WorkspaceState, call: CallSnapshot | null) => workspaceReducer(state, { type: 'roster', channelId, call });

  it('leaves a call ended, and takes the rest of the channel from it', () => {
    const channel = aChannel(channelId, { call: live, callsPolicy: 'admins' });
    const state = workspaceReducer(tell(start, ended), { type: 'channel', channel, before: start.channels?.[0] ?? null });
    expect(state.channels?.[0]).toMatchObject({ call: null, callsPolicy: 'admins' });
  });

  it('neither brings back a channel that was left nor loses one that was entered', () => {
    const left: CallEvent = { type: 'member_removed', at, channelId: 'chan_2', data: { channelId: 'chan_2', userId: 'me' } };
    const told = workspaceReducer(tell(start, left, ended), { type: 'channel', channel: aChannel('chan_3') });
    const channels = [aChannel(channelId, { call: live, members: 9 }), aChannel('chan_2')];
    const state = workspaceReducer(told, { type: 'channels', channels, before: start.channels });
    expect(state.channels?.map(({ id, call, members }) => [id, call, members])).toEqual([[channelId, null, 9], ['chan_3', null, 3]]);
  });

  it('is no roster of a call that has ended, of the one before, or of an earlier moment', () => {
    expect(roster(tell(start, ended), aCall()).rosters).toEqual({});
    expect(roster(start, aCall({ id: 'call_0' })).rosters).toEqual({});
    const known = roster(start, aCall({ seq: 7 }));
    expect(roster(known, aCall({ seq: 6 })).rosters[channelId]?.seq).toBe(7);
    expect(roster(known, aCall({ seq: 8 })).rosters[channelId]?.seq).toBe(8);
  });
});

describe('the roster of a call one only looks at', () => {
  it('is read at every change of a small call, and rarely in a large one', () => {
    expect(rosterPauseMs(3)).toBeLessThan(100);
    expect([rosterPauseMs(1_000), rosterPauseMs(100_000)]).toEqual([20_000, 20_000]);
  });
});

describe('a question to the service', () => {
  beforeEach(installFakeBrowser);
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const answers = (...results: (string | Error)[]) => {
    const left = [...results];
    return vi.fn(() => {
      const next = left.shift();
      return typeof next === 'string' ? Promise.resolve(next) : Promise.reject(next ?? new Error('asked too often'));
    });
  };
  const minute = 60_000;

  it('is asked again through an outage, haste and a busy service', async () => {
    const ask = answers(new TypeError('fetch'), new RefusedError('unavailable', '', null), new RefusedError('rate_limited', '', 3_000), 'here');
    const onAnswer = vi.fn();
    const onTrouble = vi.fn();
    keepAsking(ask, { onAnswer, onTrouble });
    await vi.advanceTimersByTimeAsync(minute);
    expect(onAnswer.mock.calls).toEqual([['here']]);
    expect([onTrouble.mock.calls.length, ask.mock.calls.length]).toEqual([3, 4]);
  });

  it('is not asked again when the answer is no, or nobody wants to know any more', async () => {
    const onRefused = vi.fn();
    const refused = answers(new RefusedError('not_found', '', null));
    keepAsking(refused, { onAnswer: vi.fn(), onRefused });
    const stopped = answers(new TypeError('fetch'));
    const onAnswer = vi.fn();
    const stop = keepAsking(stopped, { onAnswer });
    await vi.advanceTimersByTimeAsync(0);
    stop();
    await vi.advanceTimersByTimeAsync(minute);
    expect([onRefused.mock.calls.length, refused.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1, 1]);
    expect(onAnswer).not.toHaveBeenCalled();
  });
});
