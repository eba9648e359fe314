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
  openChannelId: string | null;
  seenThreads: SeenThreads;
  /** Answers to slash commands by the channel or thread they were asked in. */
  answers: Record<string, CommandAnswer>;
}

export type WorkspaceAction =
  | { type: 'event'; event: CallEvent }
  | { type: 'channels'; channels: Channel[] }
  | { type: 'channel'; channel: Channel }
  | { type: 'opened'; channelId: string | null }
  | { type: 'users'; users: User[] }
  | { type: 'posts'; channelId: string; page: Page<Post>; isNewest: boolean }
  | { type: 'posted'; post: Post }
  | { type: 'answered'; place: string; answer: CommandAnswer | null }
  | { type: 'thread_seen'; threadId: string; upTo: string }
  | { type: 'thread'; threadId: string; posts: Post[] }
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
    openChannelId: null,
    seenThreads,
    answers: {},
  };
}

export function findChannel(state: WorkspaceState, channelId: string): Channel | undefined {
  return state.channels?.find((channel) => channel.id === channelId);
}

export function nameOf(state: Pick<WorkspaceState, 'users'>, userId: string): string {
  return state.users[userId]?.displayName ?? 'Somebody';
}
