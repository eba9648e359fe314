// Mirror of src/Contracts/Workspace and of what the gateway adds to it.

export type UserRole = 'member' | 'admin' | 'guest' | 'bot';

export type UserStatus = 'online' | 'away' | 'dnd' | 'ooo' | 'offline';

export interface User {
  id: string;
  username: string;
  displayName: string;
  role: UserRole;
  status: UserStatus;
  deactivated: boolean;
}

export type ChannelKind = 'public' | 'private' | 'group' | 'direct';

/** Who may start calls in the workspace. */
export type StartPolicy = 'everyone' | 'admins' | 'nobody';

export interface CallSummary {
  id: string;
  participants: number;
  startedAt: string;
}

export interface Channel {
  id: string;
  kind: ChannelKind;
  name: string;
  displayName: string;
  archived: boolean;
  callsEnabled: boolean;
  callsPolicy: StartPolicy;
  mayTurnCalls: boolean;
  muted: boolean;
  members: number;
  unread: number;
  peerDeactivated: boolean;
  peerIsBot: boolean;
  call: CallSummary | null;
}

/** A public channel that one is not in. */
export interface PublicChannel {
  id: string;
  name: string;
  displayName: string;
  members: number;
}

export interface Membership {
  channelId: string;
  user: User;
  isAdmin: boolean;
  muted: boolean;
}

export type PostType = 'text' | 'call' | 'recording' | 'transcript' | 'system';

export interface FileInfo {
  id: string;
  name: string;
  contentType: string;
  bytes: number;
}

export interface Post {
  id: string;
  channelId: string;
  threadId: string | null;
  author: User;
  type: PostType;
  text: string;
  props: Record<string, string>;
  files: FileInfo[];
  createdAt: string;
  editedAt: string | null;
  replies: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}
