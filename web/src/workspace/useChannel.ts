import { useEffect, useState } from 'react';
import { readChannel } from '../api/channels';
import { keepAsking } from '../api/keepAsking';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from './workspaceContext';
import { findChannel } from './workspaceState';

export type ChannelProblem = 'not_found' | 'not_a_member' | 'unreachable';

/** The open channel: from my list, or asked for when it is not in it, as with a link to a channel that is new to me. */
export function useChannel(channelId: string): { channel: Channel | null; problem: ChannelProblem | null } {
  const { state, dispatch } = useWorkspace();
  const [problem, setProblem] = useState<ChannelProblem | null>(null);
  const channel = findChannel(state, channelId) ?? null;
  const isUnknown = state.channels !== null && channel === null;

  useEffect(() => {
    setProblem(null);
    return isUnknown
      ? keepAsking(() => readChannel(channelId), {
          onAnswer: (found) => dispatch({ type: 'channel', channel: found }),
          onRefused: ({ code }) => setProblem(code === 'not_a_member' ? 'not_a_member' : 'not_found'),
          onTrouble: () => setProblem('unreachable'),
        })
      : undefined;
  }, [channelId, isUnknown, dispatch]);

  return { channel, problem };
}
