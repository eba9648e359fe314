import type { CallSnapshot } from '../protocol/answers';
import { request } from './http';

export interface ChannelCall {
  callsEnabled: boolean;
  link: string;
  call: CallSnapshot | null;
}

export function readChannelCall(channelId: string): Promise<ChannelCall> {
  return request('GET', `channels/${channelId}/call`);
}

/** As it is while it is live, and what is kept of it after its end. */
export function readCallRecord(callId: string): Promise<unknown> {
  return request('GET', `calls/${callId}`);
}

/** What the media server knows of a session of mine, for some minutes also after its end. */
export function readSessionStatistics(callId: string, sessionId: string): Promise<unknown> {
  return request('GET', `calls/${callId}/sessions/${sessionId}/statistics`);
}
