import { useEffect, useRef, useState } from 'react';
import { useCall } from '../call/useCall';
import { useWorkspace } from '../workspace/workspaceContext';
import { findChannel } from '../workspace/workspaceState';
import { mayJoinAgain, type Removal, shownRemoval } from './removal';

/** A removal from the call until its user has read it; where they want back in, until they are. */
export function useRemoval() {
  const { engine, state, join } = useWorkspace();
  const view = useCall();
  const [returning, setReturning] = useState<Removal | null>(null);
  const call = useRef<{ id: string; channelId: string } | null>(null);
  call.current = view.state?.call ?? call.current; // The one they were in: by now the view has none.
  const isIn = view.state !== null;
  const removal = shownRemoval(view, returning);
  const channelId = call.current?.channelId ?? '';

  useEffect(() => {
    if (isIn) {
      setReturning(null);
    }
  }, [isIn]);

  return {
    removal,
    isJoining: view.joining !== null,
    mayJoin: removal !== null && !isIn && mayJoinAgain(removal, call.current?.id ?? null, findChannel(state, channelId)),
    joinAgain: () => {
      setReturning(removal); // Joining forgets it, and may fail.
      join(channelId);
    },
    close: () => {
      setReturning(null);
      engine.forgetRemoval();
    },
  };
}
