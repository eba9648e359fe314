// The methods of /hubs/calls that this client calls: argument and value of each.

import type { CallSnapshot, Device, Emoji, JoinedSession, MediaAnswer, MediaGrant, Refusal } from './answers';
import type { CallEvent } from './events';

export interface JoinArgument {
  channelId: string;
  operationId: string;
  title: string | null;
  threadId: string | null;
  device: Device;
  traceparent: string;
}

export interface OfferArgument {
  sessionId: string;
  sdp: string;
  generation: number;
  number: number;
  traceparent: string;
}

export interface ResumeArgument {
  sessionId: string;
  resumeToken: string;
  lastSeq: number;
}

export interface SessionArgument {
  sessionId: string;
}

/** This connection takes the call over from that session of mine. */
export interface MoveArgument {
  sessionId: string;
  operationId: string;
  device: Device;
  traceparent: string;
}

export interface ReactArgument {
  sessionId: string;
  emoji: Emoji;
}

export interface RaisedHand {
  raisedAt: string | null;
}

export interface SyncArgument {
  callId: string;
}

export interface ResumedSession {
  resumeToken: string;
  events: CallEvent[] | null;
  call: CallSnapshot | null;
  media: MediaGrant;
}

export interface SyncedCall {
  call: CallSnapshot;
}

export interface HubMethods {
  Join: { argument: JoinArgument; value: JoinedSession };
  Offer: { argument: OfferArgument; value: MediaAnswer };
  Resume: { argument: ResumeArgument; value: ResumedSession };
  Leave: { argument: SessionArgument; value: null };
  Move: { argument: MoveArgument; value: JoinedSession };
  DeclineUnmute: { argument: SessionArgument; value: null };
  RaiseHand: { argument: SessionArgument; value: RaisedHand };
  LowerHand: { argument: SessionArgument; value: null };
  React: { argument: ReactArgument; value: null };
  StartScreen: { argument: SessionArgument; value: null };
  StopScreen: { argument: SessionArgument; value: null };
  Mute: { argument: SessionArgument; value: null };
  Unmute: { argument: SessionArgument; value: null };
  Sync: { argument: SyncArgument; value: SyncedCall };
}

export interface HubError {
  code: Refusal;
  message: string;
  retryAfterMs?: number | null;
}

/** What every hub method answers. */
export interface HubReply<T> {
  ok: boolean;
  value?: T | null;
  error?: HubError | null;
}
