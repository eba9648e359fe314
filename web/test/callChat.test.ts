import { describe, expect, it, vi } from 'vitest';
import type { Post } from '../src/protocol/workspace';
import { keepSeenThread, keptSeenThreads, writtenSince } from '../src/workspace/seenThreads';
import { workspaceReducer } from '../src/workspace/workspaceReducer';
import { startWorkspace, type WorkspaceState } from '../src/workspace/workspaceState';
import { aPost, aUser } from './fixtures';
import { installFakeBrowser } from './fakeRtc';

const me = aUser('me');

function reply(id: string, second: number, difference: Partial<Post> = {}): Post {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
  return aPost(id, { threadId: 'post_1', createdAt, ...difference });
}

function chat(...posts: Post[]): WorkspaceState {
  const card = [reply('post_1', 0, { type: 'call' })];
  const read = workspaceReducer(startWorkspace(me), { type: 'thread', threadId: 'post_1', posts: card, before: undefined });
  return posts.reduce(
    (state, post) => workspaceReducer(state, { type: 'event', event: { type: 'post_created', at: '', channelId: 'chan_1', data: { post } } }),
    read,
  );
}

const unread = (state: WorkspaceState, since: string) => writtenSince(state.threads['post_1'] ?? [], me.id, since);
const joined = '2026-01-01T10:00:05.5+00:00';

describe('the unread badge of the call\'s chat (S52)', () => {
  it('counts what others wrote since one came, not the call\'s card, not one\'s own, not other threads', () => {
    const state = chat(
      reply('before', 5),
      reply('first', 6),
      reply('mine', 7, { author: me }),
      reply('second', 8),
      reply('elsewhere', 9, { threadId: 'post_2' }),
    );
    expect(unread(state, joined)).toBe(2);
  });

  it('is cleared when the chat is seen, and counts again after that', () => {
    const seen = workspaceReducer(chat(reply('first', 6)), { type: 'thread_seen', threadId: 'post_1', upTo: reply('first', 6).createdAt });
    expect(unread(seen, seen.seenThreads['post_1'] ?? joined)).toBe(0);
    const more = workspaceReducer(seen, {
      type: 'event',
      event: { type: 'post_created', at: '', channelId: 'chan_1', data: { post: reply('second', 7) } },
    });
    expect(unread(more, more.seenThreads['post_1'] ?? joined)).toBe(1);
  });

  it('compares times and not texts: a whole second is written shorter', () => {
    expect(writtenSince([reply('a', 6, { createdAt: '2026-01-01T10:00:06Z' })], me.id, '2026-01-01T10:00:06.25Z')).toBe(0);
    expect(writtenSince([reply('a', 6, { createdAt: '2026-01-01T10:00:06.5Z' })], me.id, '2026-01-01T10:00:06Z')).toBe(1);
  });

  it('misses nothing that was told while the thread was read again', () => {
    const before = chat(reply('first', 6)).threads['post_1'];
    const state = chat(reply('first', 6), reply('second', 8));
    const posts = [reply('post_1', 0, { type: 'call' }), reply('first', 6)];
    const again = workspaceReducer(state, { type: 'thread', threadId: 'post_1', posts, before });
    expect([again.threads['post_1']?.length, unread(again, joined)]).toEqual([3, 2]);
  });

  it('forgets the newest reply, which was deleted while the service was away', () => {
    const state = chat(reply('first', 6), reply('gone', 8));
    const posts = [reply('post_1', 0, { type: 'call' }), reply('first', 6)];
    const again = workspaceReducer(state, { type: 'thread', threadId: 'post_1', posts, before: state.threads['post_1'] });
    expect(again.threads['post_1']?.map((post) => post.id)).toEqual(['post_1', 'first']);
  });

  it('outlives a reload of the tab', () => {
    installFakeBrowser();
    keepSeenThread('post_1', joined);
    expect(startWorkspace(me, keptSeenThreads()).seenThreads).toEqual({ post_1: joined });
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
});
