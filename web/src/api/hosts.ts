import { request } from './http';

// What the host may do (S34-S47). The service decides who that is; a refusal says why not.

export function makeHost(callId: string, userId: string): Promise<null> {
  return control(callId, 'make', { userId });
}

export function muteSession(callId: string, sessionId: string): Promise<null> {
  return control(callId, 'mute', { sessionId });
}

export function muteOthers(callId: string): Promise<null> {
  return control(callId, 'mute-others');
}

export function askToUnmute(callId: string, sessionId: string): Promise<null> {
  return control(callId, 'ask-unmute', { sessionId });
}

export function stopScreenOf(callId: string, sessionId: string): Promise<null> {
  return control(callId, 'stop-screen', { sessionId });
}

export function lowerHandOf(callId: string, sessionId: string): Promise<null> {
  return control(callId, 'lower-hand', { sessionId });
}

export interface Removal {
  sessionId: string;
  /** For this call. */
  block: boolean;
  allSessions: boolean;
}

export function removeSession(callId: string, removal: Removal): Promise<null> {
  return control(callId, 'remove', removal);
}

export function endForEveryone(callId: string): Promise<null> {
  return control(callId, 'end');
}

function control(callId: string, name: string, body?: unknown): Promise<null> {
  return request('POST', `calls/${callId}/host/${name}`, body);
}
