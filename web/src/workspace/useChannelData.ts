import { useEffect } from 'react';
import { readChannel, readMembers } from '../api/channels';
import { keepAsking } from '../api/keepAsking';
import { readPosts } from '../api/posts';
import type { Channel } from '../protocol/workspace';
import { useLatest } from '../useLatest';
import { useHubStatus } from './useHubStatus';
import { useReadRoster } from './useReadRoster';
import { useWorkspace } from './workspaceContext';
import { findChannel } from './workspaceState';

/** Reads what the open channel shows, and again after the hub was away: no event brings what was missed. */
export function useChannelData(channel: Channel | null): void {
  const { state, dispatch, engine } = useWorkspace();
  const latest = useLatest(state);
  const isConnected = useHubStatus(engine) === 'connected';
  const channelId = channel?.id ?? null;
  const members = channel?.members;
  const callsPolicy = channel?.callsPolicy;
  useReadRoster(channel, isConnected);

  useEffect(() => {
    if (channelId === null) {
      return undefined;
    }

    const before = latest.current.posts[channelId];
    return keepAsking(() => readPosts(channelId, null), {
      onAnswer: (page) => dispatch({ type: 'posts', channelId, page, before }),
    });
  }, [channelId, isConnected, latest, dispatch]);

  // With the workspace's policy changes whether calls are on here and who may switch them; the channel alone knows, once it is open.
  useEffect(() => {
    if (channelId === null) {
      return undefined;
    }

    const before = findChannel(latest.current, channelId) ?? null;
    return keepAsking(() => readChannel(channelId), {
      onAnswer: (read) => dispatch({ type: 'channel', channel: read, before }),
    });
  }, [channelId, callsPolicy, isConnected, latest, dispatch]);

  useEffect(
    () =>
      channelId === null
        ? undefined
        : keepAsking(() => readMembers(channelId), {
            onAnswer: (all) => dispatch({ type: 'users', users: all.map((member) => member.user) }),
          }),
    [channelId, members, isConnected, dispatch],
  );
}
