import { presentUsers } from '../call/presentUsers';
import { useCall } from '../call/useCall';
import { useCallButton } from '../call/useCallButton';
import { useRoster } from '../call/useRoster';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CommandSituation } from './slashCommands';

/** What commands in this channel can do at this moment. */
export function useCommandSituation(channel: Channel): CommandSituation {
  const { state, statistics } = useWorkspace();
  const view = useCall();
  const button = useCallButton(channel);
  const isInCall = button.kind === 'in_call';
  const roster = useRoster(channel);
  const call = isInCall ? (view.state?.call ?? null) : roster;
  return {
    mayStart: button.kind === 'start',
    isLive: channel.call !== null || isInCall,
    isInCall,
    mayRun: call !== null && (call.hostUserId === state.me.id || state.me.role === 'admin'),
    hasStatistics: statistics.hasCall,
    people:
      call === null
        ? []
        : presentUsers(call).flatMap((id) => {
            const user = state.users[id];
            return user === undefined || id === call.hostUserId ? [] : [{ username: user.username, displayName: user.displayName }];
          }),
  };
}
