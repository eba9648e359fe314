import type { CommandAnswer } from '../commands/answer';
import type { CallSnapshot } from '../protocol/answers';
import type { CallEvent } from '../protocol/events';
import type { Channel, Page, Post, User } from '../protocol/workspace';
import type { SeenThreads } from './seenThreads';

/** A conversation's posts that start a thread. */
export interface PostPages {
  /** Oldest first. */
  items: Post[];
  /** The cursor of older ones; null when all are here. */
  next: string | null;
}

/** What this browser knows of the chat. */
export interface WorkspaceState {
  me: User;
  users: Record<string, User>;
  /** Mine; null until they were read. */
  channels: Channel[] | null;
  /** Rises when an event says that the list has to be read again. */
  channelsVersion: number;
  posts: Record<string, PostPages>;
  /** By first post: it and its replies, oldest first. */
  threads: Record<string, Post[]>;
  /** Rosters of live calls by channel, for banners; refreshed when the channel says that they changed. */
  rosters: Record<string, CallSnapshot>;
  /** The channel that somebody looks at right now: open, and neither in a hidden page nor under the expanded call. */
  seenChannelId: string | null;
  seenThreads: SeenThreads;
  /** Answers to slash commands by the channel or thread they were asked in. */
  answers: Record<string, CommandAnswer>;
}

/**
 * Everything that can change what this browser knows. An answer carries what was known `before` it was asked for: what
 * events have told since then is newer than the answer.
 */
export type WorkspaceAction =
  | { type: 'event'; event: CallEvent }
  | { type: 'channels'; channels: Channel[]; before: readonly Channel[] | null }
  | { type: 'channel'; channel: Channel; before?: Channel | null }
  | { type: 'looks_at'; channelId: string | null }
  | { type: 'read'; channelId: string }
  | { type: 'users'; users: User[] }
  | { type: 'posts'; channelId: string; page: Page<Post>; before: PostPages | undefined }
  | { type: 'older_posts'; channelId: string; page: Page<Post> }
  | { type: 'posted'; post: Post }
  | { type: 'answered'; place: string; answer: CommandAnswer | null }
  | { type: 'thread_seen'; threadId: string; upTo: string }
  | { type: 'thread'; threadId: string; posts: Post[]; before: Post[] | undefined }
  | { type: 'roster'; channelId: string; call: CallSnapshot | null };

export function startWorkspace(me: User, seenThreads: SeenThreads = {}): WorkspaceState {
  return {
    me,
    users: { [me.id]: me },
    channels: null,
    channelsVersion: 0,
    posts: {},
    threads: {},
    rosters: {},
    seenChannelId: null,
    seenThreads,
    answers: {},
  };
}

export function findChannel(state: WorkspaceState, channelId: string): Channel | undefined {
  return state.channels?.find((channel) => channel.id === channelId);
}

/** Pure: how many posts to say are unread: none where somebody is reading, though the service has yet to hear of it. */
export function shownUnread(state: Pick<WorkspaceState, 'seenChannelId'>, channel: Channel): number {
  return channel.id === state.seenChannelId ? 0 : channel.unread;
}

export function nameOf(state: Pick<WorkspaceState, 'users'>, userId: string): string {
  return state.users[userId]?.displayName ?? 'Somebody';
}
