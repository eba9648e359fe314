// Mirror of src/Contracts/Calls: what commands are answered with.

export type Refusal =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_a_member'
  | 'blocked'
  | 'calls_disabled'
  | 'calls_test_mode'
  | 'screen_disabled'
  | 'not_your_session'
  | 'not_found'
  | 'no_call'
  | 'session_gone'
  | 'call_full'
  | 'screen_taken'
  | 'already_live'
  | 'not_in_call'
  | 'resume_lost'
  | 'channel_archived'
  | 'recording_running'
  | 'not_recording'
  | 'user_deactivated'
  | 'media_moved'
  | 'too_large'
  | 'unsupported_media'
  | 'sdp_rejected'
  | 'rate_limited'
  | 'no_media_node'
  | 'unavailable';

export type SessionConnection = 'connecting' | 'connected' | 'disconnected';

export interface Device {
  name: string | null;
  platform: string | null;
  version: string | null;
}

export interface SessionSnapshot {
  sessionId: string;
  userId: string;
  joinedAt: string;
  muted: boolean;
  raisedAt: string | null;
  video: boolean;
  connection: SessionConnection;
  device: Device | null;
}

export interface CallSnapshot {
  id: string;
  channelId: string;
  threadId: string;
  title: string | null;
  startedAt: string;
  startedBy: string;
  hostUserId: string;
  hostLocked: boolean;
  screenSessionId: string | null;
  seq: number;
  sessions: SessionSnapshot[];
}

export interface IceServer {
  urls: string[];
  username: string | null;
  credential: string | null;
}

export interface MediaGrant {
  generation: number;
  iceServers: IceServer[];
  voiceSlots: number;
}

export type LineRole =
  | 'none'
  | 'voiceOut'
  | 'voiceIn'
  | 'screenVideoOut'
  | 'screenAudioOut'
  | 'screenVideoIn'
  | 'screenAudioIn';

export interface MediaLine {
  mid: string;
  role: LineRole;
  index: number;
}

export interface MediaAnswer {
  sdp: string;
  lines: MediaLine[];
}

export interface JoinedSession {
  sessionId: string;
  resumeToken: string;
  call: CallSnapshot;
  media: MediaGrant;
  muted: boolean;
}

/** One emoji, as clients name it to each other: `unified` are its code points in hexadecimal, joined by hyphens. */
export interface Emoji {
  name: string;
  unified: string;
  skin: string | null;
}
