// Mirror of src/Contracts/Calls/CallEvent.cs: everything the hub method `event` may say.

import type { CallSnapshot, Emoji, IceServer, SessionConnection, SessionSnapshot } from './answers';
import type { Post, StartPolicy, User } from './workspace';

export type LeaveReason =
  | 'left'
  | 'removed'
  | 'call_ended'
  | 'media_timeout'
  | 'media_lost'
  | 'connection_lost'
  | 'signed_out'
  | 'no_longer_member'
  | 'moved';

export type CallEndReason =
  | 'last_left'
  | 'ended_by_host'
  | 'ended_by_admin'
  | 'alone'
  | 'max_duration'
  | 'channel_archived'
  | 'failed';

export type HostChangeReason = 'started' | 'transferred' | 'succeeded' | 'returned';

export type ScreenStopReason = 'stopped' | 'stopped_by_host' | 'left';

export interface CallStarted {
  call: CallSnapshot;
}

export interface CallUpdated {
  participants: number;
  sessions: number;
}

export interface CallEnded {
  reason: CallEndReason;
  by: string | null;
  endedAt: string;
  durationMs: number;
}

export interface ParticipantJoined {
  session: SessionSnapshot;
}

export interface ParticipantLeft {
  sessionId: string;
  userId: string;
  reason: LeaveReason;
  by: string | null;
}

export interface ParticipantDisconnected {
  sessionId: string;
}

export interface ParticipantReconnected {
  sessionId: string;
  connection: SessionConnection;
}

export interface Muted {
  sessionId: string;
  by: string | null;
}

export interface Unmuted {
  sessionId: string;
  by: string | null;
}

export interface HandRaised {
  sessionId: string;
  raisedAt: string;
}

export interface HandLowered {
  sessionId: string;
  by: string | null;
}

export interface Reacted {
  sessionId: string;
  emoji: Emoji;
}

export interface ScreenStarted {
  sessionId: string;
}

export interface ScreenStopped {
  sessionId: string;
  by: string | null;
  reason: ScreenStopReason;
}

export interface UnmuteRequested {
  sessionId: string;
  by: string;
}

export interface UnmuteDeclined {
  sessionId: string;
}

export interface Removed {
  sessionId: string;
  by: string;
  blocked: boolean;
}

export interface HostChanged {
  userId: string;
  locked: boolean;
  by: string | null;
  reason: HostChangeReason;
}

export interface MediaMoved {
  generation: number;
  voiceSlots: number;
  iceServers: IceServer[];
}

export interface Slots {
  voice: (string | null)[];
  screen: string | null;
}

export interface Speaking {
  sessionIds: string[];
  dominant: string | null;
}

export interface SessionEnded {
  sessionId: string;
  reason: LeaveReason;
  by: string | null;
}

export interface CallsPolicyChanged {
  channelId: string;
  enabled: boolean;
}

export interface StartPolicyChanged {
  policy: StartPolicy;
}

export interface PostCreated {
  post: Post;
}

export interface PostEdited {
  post: Post;
}

export interface PostDeleted {
  postId: string;
  threadId: string | null;
}

export interface ChannelChanged {
  channelId: string;
  name: string;
  displayName: string;
  archived: boolean;
}

export interface MemberAdded {
  channelId: string;
  user: User;
}

export interface MemberRemoved {
  channelId: string;
  userId: string;
}

export interface UserChanged {
  user: User;
}

/** What stands beside `type` and `data` in every event. */
export interface EventFrame {
  at: string;
  seq?: number | null;
  callId?: string | null;
  channelId?: string | null;
}

export type CallEvent = EventFrame &
  (
    | { type: 'call_started'; data: CallStarted }
    | { type: 'call_updated'; data: CallUpdated }
    | { type: 'call_ended'; data: CallEnded }
    | { type: 'participant_joined'; data: ParticipantJoined }
    | { type: 'participant_left'; data: ParticipantLeft }
    | { type: 'participant_disconnected'; data: ParticipantDisconnected }
    | { type: 'participant_reconnected'; data: ParticipantReconnected }
    | { type: 'muted'; data: Muted }
    | { type: 'unmuted'; data: Unmuted }
    | { type: 'hand_raised'; data: HandRaised }
    | { type: 'hand_lowered'; data: HandLowered }
    | { type: 'reacted'; data: Reacted }
    | { type: 'screen_started'; data: ScreenStarted }
    | { type: 'screen_stopped'; data: ScreenStopped }
    | { type: 'unmute_requested'; data: UnmuteRequested }
    | { type: 'unmute_declined'; data: UnmuteDeclined }
    | { type: 'removed'; data: Removed }
    | { type: 'host_changed'; data: HostChanged }
    | { type: 'media_moved'; data: MediaMoved }
    | { type: 'slots'; data: Slots }
    | { type: 'speaking'; data: Speaking }
    | { type: 'session_ended'; data: SessionEnded }
    | { type: 'calls_policy_changed'; data: CallsPolicyChanged }
    | { type: 'start_policy_changed'; data: StartPolicyChanged }
    | { type: 'post_created'; data: PostCreated }
    | { type: 'post_edited'; data: PostEdited }
    | { type: 'post_deleted'; data: PostDeleted }
    | { type: 'channel_changed'; data: ChannelChanged }
    | { type: 'member_added'; data: MemberAdded }
    | { type: 'member_removed'; data: MemberRemoved }
    | { type: 'user_changed'; data: UserChanged }
  );
