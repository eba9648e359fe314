import type { CallSnapshot, SessionSnapshot } from '../src/protocol/answers';
import type { Channel, Post, User } from '../src/protocol/workspace';

export function aUser(id: string, difference: Partial<User> = {}): User {
  return { id, username: id, displayName: id, role: 'member', status: 'online', deactivated: false, ...difference };
}

export function aSession(sessionId: string, difference: Partial<SessionSnapshot> = {}): SessionSnapshot {
  return {
    sessionId,
    userId: `user_of_${sessionId}`,
    joinedAt: '2026-01-01T10:00:00Z',
    muted: true,
    raisedAt: null,
    video: false,
    connection: 'connected',
    device: null,
    ...difference,
  };
}

export function aCall(difference: Partial<CallSnapshot> = {}): CallSnapshot {
  return {
    id: 'call_1',
    channelId: 'chan_1',
    threadId: 'post_1',
    title: null,
    startedAt: '2026-01-01T10:00:00Z',
    startedBy: 'user_of_mine',
    hostUserId: 'user_of_mine',
    hostLocked: false,
    screenSessionId: null,
    seq: 1,
    sessions: [aSession('mine')],
    ...difference,
  };
}

export function aChannel(id: string, difference: Partial<Channel> = {}): Channel {
  return {
    id,
    kind: 'public',
    name: id,
    displayName: id,
    archived: false,
    callsEnabled: true,
    callsPolicy: 'everyone',
    mayTurnCalls: false,
    muted: false,
    members: 3,
    unread: 0,
    peerDeactivated: false,
    peerIsBot: false,
    call: null,
    ...difference,
  };
}

export function aPost(id: string, difference: Partial<Post> = {}): Post {
  return {
    id,
    channelId: 'chan_1',
    threadId: null,
    author: aUser('bob'),
    type: 'text',
    text: id,
    props: {},
    files: [],
    createdAt: '2026-01-01T10:00:00Z',
    editedAt: null,
    replies: 0,
    ...difference,
  };
}
