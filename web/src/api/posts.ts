import type { Page, Post } from '../protocol/workspace';
import { request } from './http';
import { readAll, readPage } from './pages';

export interface NewPost {
  text: string;
  threadId: string | null;
  files: string[];
}

const postsPerPage = 50; // About two screens.

/** Newest first. */
export function readPosts(channelId: string, after: string | null): Promise<Page<Post>> {
  return readPage(`channels/${channelId}/posts`, after, postsPerPage);
}

/** The first post and its replies, oldest first. */
export function readThread(threadId: string): Promise<Post[]> {
  return readAll(`posts/${threadId}/thread`);
}

/** @param operationId The same one again makes no second post. */
export function writePost(channelId: string, post: NewPost, operationId: string): Promise<Post> {
  return request('POST', `channels/${channelId}/posts`, post, { 'idempotency-key': operationId });
}
