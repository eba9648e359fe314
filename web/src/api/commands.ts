import { request } from './http';

/** What a slash command asks this client to do. */
export interface CommandAction {
  type: 'join_call' | 'leave_call' | 'stats' | 'logs';
  channelId: string;
  callId: string | null;
  title: string | null;
  threadId: string | null;
}

export interface CommandReply {
  /** For the asker alone. */
  response: string | null;
  action: CommandAction | null;
}

export function runCommand(channelId: string, threadId: string | null, text: string): Promise<CommandReply> {
  return request('POST', 'commands', { channelId, threadId, text });
}
