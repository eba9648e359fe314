import { useEffect } from 'react';
import type { Route } from '../route';
import { findChannel, shownUnread, type WorkspaceState } from './workspaceState';

/** The browser's tab says where one is and how much is unread. */
export function usePageTitle(route: Route, state: WorkspaceState): void {
  const open = route.page === 'channel' ? findChannel(state, route.channelId)?.displayName : undefined;
  const unread = state.channels?.reduce((total, channel) => total + shownUnread(state, channel), 0) ?? 0;

  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${open === undefined ? '' : `${open} · `}Calls`;
  }, [open, unread]);
}
