import type { Post } from '../protocol/workspace';

/** By thread, when the newest post that somebody looked at was written. */
export type SeenThreads = Record<string, string>;

const storageKey = 'calls.seenThreads';

export function keptSeenThreads(): SeenThreads {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as SeenThreads;
  } catch {
    return {};
  }
}

/** Over a reload of this tab. */
export function keepSeenThread(threadId: string, upTo: string): void {
  sessionStorage.setItem(storageKey, JSON.stringify({ ...keptSeenThreads(), [threadId]: upTo }));
}

/** Pure: how many posts others wrote after that time. */
export function writtenSince(posts: readonly Post[], myId: string, since: string): number {
  const sinceMs = Date.parse(since);
  return posts.filter((post) => post.type === 'text' && post.author.id !== myId && Date.parse(post.createdAt) > sinceMs).length;
}
