import { createContext, useContext } from 'react';
import type { CallStart } from '../call/callStart';
import type { CallEngine } from '../call/callEngine';
import type { StatisticsKeeper } from '../diagnostics/statisticsKeeper';
import type { User } from '../protocol/workspace';
import type { Navigate } from '../useRoute';
import type { WorkspaceAction, WorkspaceState } from './workspaceState';

export interface WorkspaceContextValue {
  state: WorkspaceState;
  dispatch: (action: WorkspaceAction) => void;
  navigate: Navigate;
  engine: CallEngine;
  statistics: StatisticsKeeper;
  /** Starts the channel's call or joins it; asks first when this browser is in another one. */
  join: (channelId: string, start?: CallStart) => void;
  /** Leaves the call; the host of others is asked first. */
  leave: () => void;
  showProfile: (user: User) => void;
  showShortcuts: () => void;
}

export const WorkspaceContext = createContext<WorkspaceContextValue | null>(null);

/** The chat and the way around in it; everything inside `Workspace` may ask for it. */
export function useWorkspace(): WorkspaceContextValue {
  const value = useContext(WorkspaceContext);
  if (value === null) {
    throw new Error('useWorkspace is used outside of Workspace.');
  }

  return value;
}
