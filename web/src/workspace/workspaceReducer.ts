import { assertNever } from '../assertNever';
import type { CallSnapshot } from '../protocol/answers';
import type { CallEvent } from '../protocol/events';
import { isKnownEvent } from '../protocol/knownEvents';
import type { Channel, Page, Post, User } from '../protocol/workspace';
import { newestPosts, olderPosts, putPost, removePost, wholeThread } from './postsReducer';
import { readChannels, readOver } from './readOver';
import type { PostPages, WorkspaceAction, WorkspaceState } from './workspaceState';

/** Pure: what this browser knows of the chat after an event or an answer. */
export function workspaceReducer(state: WorkspaceState, action: WorkspaceAction): WorkspaceState {
  switch (action.type) {
    case 'event':
      return isKnownEvent(action.event) ? receive(state, action.event) : state;
    case 'channels':
      return { ...state, channels: readChannels(action.before, state.channels, action.channels) };
    case 'channel':
      return putChannel(state, action.channel, action.before ?? null);
    case 'looks_at':
      return { ...state, seenChannelId: action.channelId };
    case 'read':
      return change(state, action.channelId, { unread: 0 });
    case 'users':
      return withUsers(state, action.users);
    case 'posts':
      return withPosts(state, action, newestPosts(action.before, state.posts[action.channelId], action.page));
    case 'older_posts':
      return withPosts(state, action, olderPosts(state.posts[action.channelId], action.page));
    case 'posted':
      return putPost(state, action.post, true);
    case 'thread': {
      const posts = wholeThread(action.before, state.threads[action.threadId], action.posts);
      return withUsers({ ...state, threads: { ...state.threads, [action.threadId]: posts } }, action.posts.map((post) => post.author));
    }

    case 'thread_seen':
      return { ...state, seenThreads: { ...state.seenThreads, [action.threadId]: action.upTo } };
    case 'answered': {
      const { [action.place]: _former, ...others } = state.answers;
      return { ...state, answers: action.answer === null ? others : { ...others, [action.place]: action.answer } };
    }
    case 'roster':
      return readRoster(state, action.channelId, action.call);
    default:
      return assertNever(action);
  }
}

function receive(state: WorkspaceState, event: CallEvent): WorkspaceState {
  switch (event.type) {
    case 'call_started': {
      const { call } = event.data;
      const participants = new Set(call.sessions.map((session) => session.userId)).size;
      const summary = { id: call.id, participants: Math.max(1, participants), startedAt: call.startedAt };
      return withRoster(change(state, call.channelId, { call: summary }), call.channelId, call);
    }
    case 'call_updated':
      return changeCall(state, event.channelId, event.callId, event.data.participants);
    case 'call_ended':
      return endCall(state, event.channelId, event.callId);
    case 'calls_policy_changed':
      return change(state, event.data.channelId, { callsEnabled: event.data.enabled });
    case 'start_policy_changed': {
      const { policy } = event.data;
      return { ...state, channels: state.channels?.map((channel) => ({ ...channel, callsPolicy: policy })) ?? null };
    }
    case 'post_created':
      return countUnread(withUsers(putPost(state, event.data.post, true), [event.data.post.author]), event);
    case 'post_edited':
      return putPost(state, event.data.post, false);
    case 'post_deleted':
      return removePost(state, event.data.postId);
    case 'channel_changed': {
      const { channelId, name, displayName, archived } = event.data;
      return change(state, channelId, { name, displayName, archived });
    }
    case 'member_added':
      return event.data.user.id === state.me.id
        ? stale(state)
        : withUsers(countMember(state, event.data.channelId, 1), [event.data.user]);
    case 'member_removed':
      return event.data.userId === state.me.id
        ? withoutChannel(state, event.data.channelId)
        : countMember(state, event.data.channelId, -1);
    case 'user_changed':
      return changeUser(state, event.data.user);
    case 'participant_joined':
    case 'participant_left':
    case 'participant_disconnected':
    case 'participant_reconnected':
    case 'muted':
    case 'unmuted':
    case 'hand_raised':
    case 'hand_lowered':
    case 'reacted':
    case 'screen_started':
    case 'screen_stopped':
    case 'unmute_requested':
    case 'unmute_declined':
    case 'removed':
    case 'host_changed':
    case 'media_moved':
    case 'slots':
    case 'speaking':
    case 'session_ended':
      return state; // Of the call this browser is in.
    default:
      return assertNever(event);
  }
}

// As the service counts: every post, replies and the chat of calls included, until it hears that they were read.
function countUnread(state: WorkspaceState, event: Extract<CallEvent, { type: 'post_created' }>): WorkspaceState {
  const { post } = event.data;
  if (post.author.id === state.me.id) {
    return state;
  }

  const unread = (state.channels?.find((channel) => channel.id === post.channelId)?.unread ?? 0) + 1;
  return change(state, post.channelId, { unread });
}

function countMember(state: WorkspaceState, channelId: string, by: 1 | -1): WorkspaceState {
  const members = state.channels?.find((channel) => channel.id === channelId)?.members;
  return members === undefined ? state : change(state, channelId, { members: members + by });
}

function changeUser(state: WorkspaceState, user: User): WorkspaceState {
  // Which direct channels are with them is known to the service alone.
  const known = state.users[user.id];
  const next = known !== undefined && known.deactivated !== user.deactivated ? stale(state) : state;
  return withUsers(user.id === state.me.id ? { ...next, me: user } : next, [user]);
}

function stale(state: WorkspaceState): WorkspaceState {
  return { ...state, channelsVersion: state.channelsVersion + 1 };
}

function changeCall(
  state: WorkspaceState,
  channelId: string | null | undefined,
  callId: string | null | undefined,
  participants: number,
): WorkspaceState {
  const present = state.channels?.find((channel) => channel.id === channelId)?.call;
  return channelId != null && present != null && present.id === callId
    ? change(state, channelId, { call: { ...present, participants } })
    : state;
}

function endCall(
  state: WorkspaceState,
  channelId: string | null | undefined,
  callId: string | null | undefined,
): WorkspaceState {
  const channel = state.channels?.find((candidate) => candidate.id === channelId);
  // The end of one call may be told after the start of the next.
  return channel?.call != null && channel.call.id === callId
    ? withRoster(change(state, channel.id, { call: null }), channel.id, null)
    : state;
}

function withRoster(
  state: WorkspaceState,
  channelId: string,
  call: CallSnapshot | null,
): WorkspaceState {
  const { [channelId]: _former, ...others } = state.rosters;
  return { ...state, rosters: call === null ? others : { ...others, [channelId]: call } };
}

// An answer about another call than the one that is live was overtaken by its end, or by the start of the next.
function readRoster(state: WorkspaceState, channelId: string, call: CallSnapshot | null): WorkspaceState {
  const live = state.channels?.find((channel) => channel.id === channelId)?.call ?? null;
  const present = state.rosters[channelId];
  const isOutdated = call?.id !== live?.id || (present !== undefined && present.id === call?.id && present.seq > call.seq);
  return isOutdated ? state : withRoster(state, channelId, call);
}

function withPosts(state: WorkspaceState, read: { channelId: string; page: Page<Post> }, pages: PostPages): WorkspaceState {
  const known = { ...state, posts: { ...state.posts, [read.channelId]: pages } };
  return withUsers(known, read.page.items.map((post) => post.author));
}

function withUsers(state: WorkspaceState, users: User[]): WorkspaceState {
  return { ...state, users: { ...state.users, ...Object.fromEntries(users.map((user) => [user.id, user])) } };
}

function putChannel(state: WorkspaceState, channel: Channel, before: Channel | null): WorkspaceState {
  const present = state.channels ?? [];
  const channels = present.some((other) => other.id === channel.id)
    ? present.map((other) => (other.id === channel.id ? readOver(before, other, channel) : other))
    : [...present, channel];
  return { ...state, channels };
}

function withoutChannel(state: WorkspaceState, channelId: string): WorkspaceState {
  return { ...state, channels: state.channels?.filter((channel) => channel.id !== channelId) ?? null };
}

function change(state: WorkspaceState, channelId: string, difference: Partial<Channel>): WorkspaceState {
  return {
    ...state,
    channels:
      state.channels?.map((channel) => (channel.id === channelId ? { ...channel, ...difference } : channel)) ?? null,
  };
}
