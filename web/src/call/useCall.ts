import { useSyncExternalStore } from 'react';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallView } from './callEngine';

/** The call this browser is in, as it is now. */
export function useCall(): CallView {
  const { engine } = useWorkspace();
  return useSyncExternalStore(engine.subscribe, () => engine.view);
}
