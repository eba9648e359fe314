import type { Channel, Post } from '../protocol/workspace';

export type CallPostState = 'starting' | 'live' | 'ended';

/** Pure: what a call's card shows. The post is there before the channel is told of the call; at the end it says so itself. */
export function callPostState(post: Pick<Post, 'props'>, { call }: Pick<Channel, 'call'>): CallPostState {
  if (call !== null) {
    return call.id === post.props['callId'] ? 'live' : 'ended'; // Of the channel's calls only the newest can be live.
  }

  return post.props['endedAt'] === undefined ? 'starting' : 'ended';
}
