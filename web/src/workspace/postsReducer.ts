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

/** Pure: the newest page takes the place of what was there, but for posts that were told while it was on its way. */
export function newestPosts(present: PostPages | undefined, page: Page<Post>): PostPages {
  const items = [...page.items].sort(byTime);
  const newest = items.at(-1)?.createdAt ?? '';
  const later = present?.items.filter((post) => post.createdAt > newest) ?? [];
  return { items: [...items, ...later], next: page.next };
}

/** Pure: a thread as it was read takes the place of what was there, but for replies that were told while it was on its way. */
export function wholeThread(present: Post[] | undefined, read: Post[]): Post[] {
  const newest = read.at(-1)?.createdAt ?? '';
  return [...read, ...(present?.filter((post) => post.createdAt > newest) ?? [])];
}

/** Pure: a page of older posts goes before what is there. */
export function olderPosts(present: PostPages | undefined, page: Page<Post>): PostPages {
  const byId = new Map([...page.items, ...(present?.items ?? [])].map((post) => [post.id, post]));
  return { items: [...byId.values()].sort(byTime), next: page.next };
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

function byTime(a: Post, b: Post): number {
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0;
}
