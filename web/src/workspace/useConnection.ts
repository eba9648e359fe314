import { useEffect, useRef, useState } from 'react';
import { readMe } from '../api/signIn';
import { CallEngine } from '../call/callEngine';
import { Hub } from '../call/hub';
import { RefusedError } from '../api/refusals';
import { noteServerTime } from '../call/serverClock';
import type { WorkspaceAction, WorkspaceState } from './workspaceState';
import { nameOf } from './workspaceState';

interface ConnectionOptions {
  token: string;
  state: WorkspaceState;
  dispatch: (action: WorkspaceAction) => void;
  notify: (text: string) => void;
  onSignedOut: (why: string | null) => void;
}

/** The hub connection and the call on it: one of each for as long as somebody is signed in. */
export function useConnection({ token, state, dispatch, notify, onSignedOut }: ConnectionOptions): CallEngine | null {
  const [engine, setEngine] = useState<CallEngine | null>(null);
  const latest = useRef(state);
  latest.current = state;

  useEffect(() => {
    const hub = new Hub(token, isStillSignedIn);
    const calls = new CallEngine(hub, (userId) => nameOf(latest.current, userId), notify);
    const stopListening = hub.listen({
      onEvent: (event) => {
        noteServerTime(event.at);
        dispatch({ type: 'event', event });
      },
      onStatus: (status) => {
        if (status === 'stopped') {
          onSignedOut('You were signed out. Sign in again to go on.');
        }
      },
    });
    setEngine(calls);
    hub.start();
    return () => {
      stopListening();
      calls.stop();
      void hub.stop();
    };
  }, [token, dispatch, notify, onSignedOut]);

  return engine;
}

async function isStillSignedIn(): Promise<boolean> {
  try {
    await readMe();
    return true;
  } catch (failure) {
    return !(failure instanceof RefusedError && failure.code === 'unauthenticated');
  }
}
