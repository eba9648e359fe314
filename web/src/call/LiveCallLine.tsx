import type { CallSummary } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import { AvatarRow } from './AvatarRow';
import { CallTimer } from './CallTimer';
import { presentUsers } from './presentUsers';

/** Who is in the call, how many, and for how long it has been going on. */
export function LiveCallLine({ channelId, call }: { channelId: string; call: CallSummary }) {
  const roster = useWorkspace().state.rosters[channelId];
  return (
    <span className="call-post-line">
      {roster !== undefined && <AvatarRow userIds={presentUsers(roster)} size={20} />}
      {call.participants} in the call · <CallTimer startedAt={call.startedAt} />
    </span>
  );
}
