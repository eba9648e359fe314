import { request } from './http';

export interface UploadedLog {
  postId: string;
  fileId: string;
  channelId: string;
}

/** Hands the client's log to the service, which posts it where only its owner reads it. */
export function sendLog(text: string): Promise<UploadedLog> {
  return request('POST', 'logs', new Blob([text], { type: 'text/plain' }));
}
