import type { FileInfo } from '../protocol/workspace';
import { request } from './http';

export function uploadFile(file: File): Promise<FileInfo> {
  const form = new FormData();
  form.append('file', file);
  return request('POST', 'files', form);
}

/** Works in `src` and `href`: for files alone the sign-in stands in a cookie, too. */
export function fileUrl(fileId: string): string {
  return `/api/v1/files/${fileId}`;
}
