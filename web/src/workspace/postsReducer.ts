import type { Page, Post } from '../protocol/workspace';
import type { PostPages, WorkspaceState } from './workspaceState';

/** Pure: a post that is new or changed, in its channel and its thread. Told twice, it stands there once. */
export function putPost(state: WorkspaceState, post: Post, isNew: boolean): WorkspaceState {
  if (post.threadId !== null) {
    return putReply(state, post, post.threadId, isNew);
  }

  const pages = state.posts[post.channelId];
  const thread = state.threads[post.id];
  return {
    ...state,
    posts: pages === undefined ? state.posts : { ...state.posts, [post.channelId]: { ...pages, items: put(pages.items, post, isNew) } },
    threads: thread === undefined ? state.threads : { ...state.threads, [post.id]: put(thread, post, false) },
  };
}

/** Pure: a post that is gone takes its thread along. */
export function removePost(state: WorkspaceState, postId: string): WorkspaceState {
  const { [postId]: _gone, ...threads } = state.threads;
  return {
    ...state,
    posts: Object.fromEntries(
      Object.entries(state.posts).map(([channelId, pages]) => [
        channelId,
        { ...pages, items: pages.items.filter((post) => post.id !== postId) },
      ]),
    ),
    threads: Object.fromEntries(
      Object.entries(threads).map(([threadId, posts]) => [threadId, posts.filter((post) => post.id !== postId)]),
    ),
  };
}

/**
 * Pure: the newest page in place of what was there `before` it was asked for. What was told since is kept, and so are the
 * older pages, where the new one reaches back to them: a reader far up stays where they are.
 */
export function newestPosts(before: PostPages | undefined, present: PostPages | undefined, page: Page<Post>): PostPages {
  const read = page.items.toSorted(byTime);
  const oldest = read[0];
  const reachesBack = page.next !== null && oldest !== undefined && before?.items.some((post) => byTime(post, oldest) >= 0);
  const older = reachesBack === true ? (present?.items ?? []).filter((post) => byTime(post, oldest) < 0) : [];
  const items = [...older, ...sinceRead(before?.items, present?.items, read).filter((post) => !older.includes(post))];
  return { items, next: reachesBack === true ? (present?.next ?? null) : page.next };
}

/** Pure: a thread as it was read in place of what was there `before` it was asked for, with what was told since. */
export function wholeThread(before: Post[] | undefined, present: Post[] | undefined, read: Post[]): Post[] {
  return sinceRead(before, present, read);
}

/** Pure: a page of older posts goes before what is there. */
export function olderPosts(present: PostPages | undefined, page: Page<Post>): PostPages {
  const byId = new Map([...page.items, ...(present?.items ?? [])].map((post) => [post.id, post]));
  return { items: [...byId.values()].sort(byTime), next: page.next };
}

/** What was read, but for what events have told since it was asked for: new posts, changed ones, and those that are gone. */
function sinceRead(before: readonly Post[] = [], present: readonly Post[] = [], read: readonly Post[]): Post[] {
  const former = new Map(before.map((post) => [post.id, post]));
  const now = new Map(present.map((post) => [post.id, post]));
  const isGone = (post: Post) => former.has(post.id) && !now.has(post.id);
  const told = present.filter((post) => former.get(post.id) !== post);
  const merged = new Map([...read.filter((post) => !isGone(post)), ...told].map((post) => [post.id, post]));
  return [...merged.values()].sort(byTime);
}

function putReply(state: WorkspaceState, post: Post, threadId: string, isNew: boolean): WorkspaceState {
  const thread = state.threads[threadId];
  return thread === undefined
    ? state
    : { ...state, threads: { ...state.threads, [threadId]: put(thread, post, isNew) } };
}

function put(posts: Post[], post: Post, isNew: boolean): Post[] {
  if (posts.some((other) => other.id === post.id)) {
    return posts.map((other) => (other.id === post.id ? post : other));
  }

  return isNew ? [...posts, post].sort(byTime) : posts;
}

// Times and not texts: a whole second is written shorter. What a `Date` cannot tell apart, the text can.
function byTime(a: Post, b: Post): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0);
}
