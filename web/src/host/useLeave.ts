import { useCallback, useState } from 'react';
import type { CallEngine } from '../call/callEngine';
import { findChannel, type WorkspaceState } from '../workspace/workspaceState';
import { isAskedOnLeaving } from './hostChoices';

/** Leaving; the host who leaves others behind is asked first, for that session alone (S47). */
export function useLeave(engine: CallEngine | null, state: WorkspaceState) {
  const [askedFor, setAskedFor] = useState<string | null>(null);

  const leave = useCallback(() => {
    const present = engine?.view.state;
    if (present == null) {
      return;
    }

    const kind = findChannel(state, present.call.channelId)?.kind;
    if (isAskedOnLeaving(present.call, kind, state.me.id, present.sessionId)) {
      setAskedFor(present.sessionId);
    } else {
      void engine?.leave();
    }
  }, [engine, state]);

  return { leave, askedFor, close: useCallback(() => setAskedFor(null), []) };
}
