import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../src/protocol/events';
import { workspaceReducer } from '../src/workspace/workspaceReducer';
import { shownUnread, startWorkspace, type WorkspaceState } from '../src/workspace/workspaceState';
import { aCall, aChannel, aPost, aSession, aUser } from './fixtures';

const at = '2026-01-01T10:00:01Z';
const me = aUser('me');

function start(): WorkspaceState {
  return { ...startWorkspace(me), channels: [aChannel('chan_1'), aChannel('chan_2')] };
}

function tell(state: WorkspaceState, ...events: CallEvent[]): WorkspaceState {
  return events.reduce((before, event) => workspaceReducer(before, { type: 'event', event }), state);
}

function created(post: ReturnType<typeof aPost>): CallEvent {
  return { type: 'post_created', at, channelId: post.channelId, data: { post } };
}

describe('workspaceReducer', () => {
  it('marks a channel with its call from start to end', () => {
    const call = aCall({ sessions: [aSession('a', { userId: 'bob' }), aSession('b', { userId: 'bob' })] });
    const live = tell(start(), { type: 'call_started', at, channelId: 'chan_1', callId: 'call_1', data: { call } });
    expect(live.channels?.[0]?.call).toEqual({ id: 'call_1', participants: 1, startedAt: call.startedAt });

    const more = tell(live, { type: 'call_updated', at, channelId: 'chan_1', callId: 'call_1', data: { participants: 3, sessions: 4 } });
    expect(more.channels?.[0]?.call?.participants).toBe(3);

    const over = tell(more, {
      type: 'call_ended',
      at,
      channelId: 'chan_1',
      callId: 'call_1',
      data: { reason: 'last_left', by: null, endedAt: at, durationMs: 1 },
    });
    expect([over.channels?.[0]?.call, over.rosters]).toEqual([null, {}]);
  });

  it('keeps the mark of a new call when the end of the one before is told late', () => {
    const call = aCall({ id: 'call_2' });
    const live = tell(start(), { type: 'call_started', at, channelId: 'chan_1', callId: 'call_2', data: { call } });
    const late: CallEvent = {
      type: 'call_ended',
      at,
      channelId: 'chan_1',
      callId: 'call_1',
      data: { reason: 'last_left', by: null, endedAt: at, durationMs: 1 },
    };
    expect(tell(live, late).channels?.[0]?.call?.id).toBe('call_2');
  });

  it('switches starting on and off as the channel says', () => {
    const off = tell(start(), { type: 'calls_policy_changed', at, channelId: 'chan_1', data: { channelId: 'chan_1', enabled: false } });
    expect(off.channels?.[0]?.callsEnabled).toBe(false);
  });

  it('knows in every channel at once when other people may start calls in the workspace (S8)', () => {
    const strict = tell(start(), { type: 'start_policy_changed', at, data: { policy: 'admins' } });
    expect(strict.channels?.map((channel) => channel.callsPolicy)).toEqual(['admins', 'admins']);
  });

  it('counts posts of others as the service does, and shows none where somebody is reading', () => {
    const shown = (now: WorkspaceState) => now.channels?.map((channel) => shownUnread(now, channel));
    const reading = workspaceReducer(start(), { type: 'looks_at', channelId: 'chan_1' });
    const state = tell(
      reading,
      created(aPost('a', { channelId: 'chan_1' })),
      created(aPost('reply', { channelId: 'chan_1', threadId: 'a' })),
      created(aPost('b', { channelId: 'chan_2' })),
      created(aPost('c', { channelId: 'chan_2', author: me })),
    );
    expect(state.channels?.map((channel) => channel.unread)).toEqual([2, 1]);
    expect(shown(state)).toEqual([0, 1]);
    const away = workspaceReducer(state, { type: 'looks_at', channelId: null });
    expect(shown(away)).toEqual([2, 1]);
    expect(shown(workspaceReducer(away, { type: 'read', channelId: 'chan_1' }))).toEqual([0, 1]);
  });

  it('shows no mark on the channel that is being read when the list says that something in it is unread', () => {
    const reading = workspaceReducer(start(), { type: 'looks_at', channelId: 'chan_1' });
    const channels = [aChannel('chan_1', { unread: 3 }), aChannel('chan_2')];
    const state = workspaceReducer(reading, { type: 'channels', channels, before: reading.channels });
    expect(state.channels?.map((channel) => [channel.unread, shownUnread(state, channel)])).toEqual([[3, 0], [0, 0]]);
  });

  it('shows a post once however often it is told, and its changes in the channel and the thread', () => {
    const page = { items: [aPost('a')], next: null };
    const loaded = workspaceReducer(
      workspaceReducer(start(), { type: 'posts', channelId: 'chan_1', page, before: undefined }),
      { type: 'thread', threadId: 'a', posts: [aPost('a')], before: undefined },
    );
    const reply = aPost('b', { threadId: 'a', createdAt: '2026-01-01T10:05:00Z' });
    const state = tell(loaded, created(aPost('a')), created(reply), created(reply), {
      type: 'post_edited',
      at,
      channelId: 'chan_1',
      data: { post: aPost('a', { replies: 1 }) },
    });
    expect(state.posts['chan_1']?.items.map((post) => [post.id, post.replies])).toEqual([['a', 1]]);
    expect(state.threads['a']?.map((post) => post.id)).toEqual(['a', 'b']);
  });

  it('forgets a deleted post and its thread', () => {
    const page = { items: [aPost('a'), aPost('b')], next: null };
    const loaded = workspaceReducer(
      workspaceReducer(start(), { type: 'posts', channelId: 'chan_1', page, before: undefined }),
      { type: 'thread', threadId: 'a', posts: [aPost('a')], before: undefined },
    );
    const state = tell(loaded, { type: 'post_deleted', at, channelId: 'chan_1', data: { postId: 'a', threadId: null } });
    expect([state.posts['chan_1']?.items.map((post) => post.id), state.threads]).toEqual([['b'], {}]);
  });

  it('asks for the list again when one was added to a channel or somebody was deactivated', () => {
    const known = workspaceReducer(start(), { type: 'users', users: [aUser('bob')] });
    const changed = (deactivated: boolean): CallEvent => ({ type: 'user_changed', at, data: { user: aUser('bob', { deactivated }) } });
    expect(tell(known, changed(false)).channelsVersion).toBe(0);
    expect(tell(known, changed(true)).channelsVersion).toBe(1);
    const added: CallEvent = { type: 'member_added', at, data: { channelId: 'chan_9', user: me } };
    expect(tell(known, added).channelsVersion).toBe(1);
  });

  it('takes a channel out of the list when one is no longer a member', () => {
    const state = tell(start(), { type: 'member_removed', at, channelId: 'chan_1', data: { channelId: 'chan_1', userId: 'me' } });
    expect(state.channels?.map((channel) => channel.id)).toEqual(['chan_2']);
  });
});
