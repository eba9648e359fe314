import { useCallback, useEffect } from 'react';
import { readChannelCall } from '../api/calls';
import { readChannel, readMembers } from '../api/channels';
import { readPosts } from '../api/posts';
import type { Channel } from '../protocol/workspace';
import { useHubStatus } from './useHubStatus';
import { useWorkspace } from './workspaceContext';

/** Reads what the open channel shows, and again after the hub was away: no event brings what was missed. */
export function useChannelData(channel: Channel | null): void {
  const { dispatch, engine } = useWorkspace();
  const isConnected = useHubStatus(engine) === 'connected';
  const channelId = channel?.id ?? null;
  const members = channel?.members;
  const callsPolicy = channel?.callsPolicy;
  const call = channel?.call ?? null; // Another object whenever the channel is told that the roster changed.

  useEffect(() => {
    if (channelId !== null) {
      readPosts(channelId, null)
        .then((page) => dispatch({ type: 'posts', channelId, page, isNewest: true }))
        .catch(() => undefined);
    }
  }, [channelId, isConnected, dispatch]);

  // With the workspace's policy changes whether calls are on here and who may switch them; the channel alone knows, once it is open.
  useEffect(() => {
    if (channelId !== null) {
      readChannel(channelId)
        .then((read) => dispatch({ type: 'channel', channel: { ...read, unread: 0 } }))
        .catch(() => undefined);
    }
  }, [channelId, callsPolicy, isConnected, dispatch]);

  useEffect(() => {
    if (channelId !== null) {
      readMembers(channelId)
        .then((all) => dispatch({ type: 'users', users: all.map((member) => member.user) }))
        .catch(() => undefined);
    }
  }, [channelId, members, isConnected, dispatch]);

  const readRoster = useCallback(
    (id: string) => {
      readChannelCall(id)
        .then(({ call }) => dispatch({ type: 'roster', channelId: id, call }))
        .catch(() => undefined);
    },
    [dispatch],
  );

  // The channel is told how many take part; who they are, and with which devices, is asked for.
  useEffect(() => {
    if (channelId !== null && call !== null) {
      readRoster(channelId);
    }
  }, [channelId, call, isConnected, readRoster]);
}
