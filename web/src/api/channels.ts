import type { Channel, Membership, PublicChannel } from '../protocol/workspace';
import { request } from './http';
import { readAll } from './pages';

export function readChannels(): Promise<Channel[]> {
  return readAll('channels');
}

/** The public channels that I am not in. */
export function browseChannels(): Promise<PublicChannel[]> {
  return readAll('channels', { browse: 'true' });
}

export function readChannel(channelId: string): Promise<Channel> {
  return request('GET', `channels/${channelId}`);
}

export function readMembers(channelId: string): Promise<Membership[]> {
  return readAll(`channels/${channelId}/members`);
}

/** Finds the direct channel with that person, or makes it. */
export function openDirectChannel(userId: string): Promise<Channel> {
  return request('POST', 'channels', { kind: 'direct', members: [userId] });
}

/** A public channel may be entered by whoever sees it. */
export function enterChannel(channelId: string, userId: string): Promise<Membership> {
  return request('POST', `channels/${channelId}/members`, { userId });
}

/** I have read everything up to now. */
export function markRead(channelId: string): Promise<null> {
  return request('POST', `channels/${channelId}/read`);
}

/** Switches calls on or off there; everybody in it is told. */
export function setCallsEnabled(channelId: string, callsEnabled: boolean): Promise<Channel> {
  return request('PATCH', `channels/${channelId}`, { callsEnabled });
}
