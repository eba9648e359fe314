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
