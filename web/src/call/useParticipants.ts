import { useMemo } from 'react';
import type { SessionSnapshot } from '../protocol/answers';
import type { ShownReaction } from '../reactions/shownReactions';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import type { CallState } from './callState';
import { participantOrder } from './participantOrder';

/** The call's sessions in the order they are shown in. Speaking changes ten times a second and does not order anew. */
export function useParticipants({ call }: CallState, reactions: readonly ShownReaction[]): SessionSnapshot[] {
  const { users } = useWorkspace().state;
  const { sessions, screenSessionId } = call;
  return useMemo(
    () => participantOrder(sessions, (userId) => nameOf({ users }, userId), screenSessionId, reactions),
    [sessions, users, screenSessionId, reactions],
  );
}
