import type { CallSummary } from '../protocol/workspace';
import { AvatarRow } from './AvatarRow';
import { CallTimer } from './CallTimer';
import { presentUsers } from './presentUsers';
import { useRoster } from './useRoster';

/** Who is in the call, how many, and for how long it has been going on. */
export function LiveCallLine({ channelId, call }: { channelId: string; call: CallSummary }) {
  const roster = useRoster({ id: channelId, call });
  return (
    <span className="call-post-line">
      {roster !== null && <AvatarRow userIds={presentUsers(roster)} size={20} />}
      {call.participants} in the call · <CallTimer startedAt={call.startedAt} />
    </span>
  );
}
