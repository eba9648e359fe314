import type { Channel } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import { callButton, type CallButtonState } from './callButton';
import { useCall } from './useCall';

/** What a button for the channel's call offers to this user now. */
export function useCallButton(channel: Channel): CallButtonState {
  const { state } = useWorkspace();
  return callButton(channel, useCall(), state.me.role === 'admin');
}
