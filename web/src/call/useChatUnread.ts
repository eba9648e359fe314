import { writtenSince } from '../workspace/seenThreads';
import { useWorkspace } from '../workspace/workspaceContext';
import { type CallState, mySession } from './callState';

/** How many posts others wrote in the call's chat since it was last looked at, or since one came. */
export function useChatUnread(call: CallState): number {
  const { state } = useWorkspace();
  const { threadId } = call.call;
  const since = state.seenThreads[threadId] ?? mySession(call)?.joinedAt;
  return since === undefined ? 0 : writtenSince(state.threads[threadId] ?? [], state.me.id, since);
}
