import type { SessionSnapshot } from '../protocol/answers';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import { useCall } from './useCall';
import { useRoster } from './useRoster';

/** My session in the channel's call on another device, while this browser is not in it. */
export function useMySessionElsewhere(channel: Channel): SessionSnapshot | null {
  const { state } = useWorkspace();
  const present = useCall().state;
  const roster = useRoster(channel);
  if (roster === null || present?.call.id === roster.id) {
    return null;
  }

  return roster.sessions.findLast((session) => session.userId === state.me.id) ?? null;
}
