import type { CallSnapshot } from '../protocol/answers';
import type { Channel } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import { useCall } from './useCall';

/** Who is in the channel's live call, as far as this browser knows. */
export function useRoster({ id, call }: Pick<Channel, 'id' | 'call'>): CallSnapshot | null {
  const { state } = useWorkspace();
  const present = useCall().state?.call;
  const roster = present?.id === call?.id ? present : state.rosters[id];
  return roster !== undefined && roster.id === call?.id ? roster : null;
}
