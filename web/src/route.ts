/** What the address says. */
export type Route =
  | { page: 'home' }
  | { page: 'channel'; channelId: string; threadId: string | null; joinCall: boolean }
  | { page: 'unknown' };

/** Pure: an address as a route. */
export function parseRoute(path: string, search: string): Route {
  if (path === '/') {
    return { page: 'home' };
  }

  const channelId = /^\/channels\/([a-z0-9_]+)\/?$/.exec(path)?.[1];
  if (channelId === undefined) {
    return { page: 'unknown' };
  }

  const query = new URLSearchParams(search);
  return { page: 'channel', channelId, threadId: query.get('thread'), joinCall: query.get('join_call') === 'true' };
}

export function channelPath(channelId: string, threadId: string | null = null): string {
  return threadId === null ? `/channels/${channelId}` : `/channels/${channelId}?thread=${threadId}`;
}

/** The stable link that opens the channel and joins its call. */
export function callLink(origin: string, channelId: string): string {
  return `${origin}${channelPath(channelId)}?join_call=true`;
}
