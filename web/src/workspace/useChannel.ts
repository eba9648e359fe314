import { useEffect, useState } from 'react';
import { readChannel } from '../api/channels';
import { RefusedError } from '../api/refusals';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from './workspaceContext';
import { findChannel } from './workspaceState';

export type ChannelProblem = 'not_found' | 'not_a_member';

/** The open channel: from my list, or asked for when it is not in it, as with a link to a channel that is new to me. */
export function useChannel(channelId: string): { channel: Channel | null; problem: ChannelProblem | null } {
  const { state, dispatch } = useWorkspace();
  const [problem, setProblem] = useState<ChannelProblem | null>(null);
  const channel = findChannel(state, channelId) ?? null;
  const isUnknown = state.channels !== null && channel === null;

  useEffect(() => {
    if (!isUnknown) {
      setProblem(null);
      return undefined;
    }

    let isCurrent = true;
    readChannel(channelId)
      .then((found) => {
        if (isCurrent) {
          dispatch({ type: 'channel', channel: found });
        }
      })
      .catch((failure: unknown) => {
        if (isCurrent && failure instanceof RefusedError) {
          setProblem(failure.code === 'not_a_member' ? 'not_a_member' : 'not_found');
        }
      });
    return () => {
      isCurrent = false;
    };
  }, [channelId, isUnknown, dispatch]);

  return { channel, problem };
}
