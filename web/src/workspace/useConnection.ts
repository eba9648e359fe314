import { useEffect, useRef, useState } from 'react';
import { isStillSignedIn } from '../api/signIn';
import { CallEngine } from '../call/callEngine';
import { Hub } from '../call/hub';
import { playSound } from '../call/playSound';
import { noteServerTime } from '../call/serverClock';
import { logCalls } from '../diagnostics/logCalls';
import { StatisticsKeeper } from '../diagnostics/statisticsKeeper';
import type { WorkspaceAction, WorkspaceState } from './workspaceState';
import { nameOf } from './workspaceState';

interface ConnectionOptions {
  token: string;
  state: WorkspaceState;
  dispatch: (action: WorkspaceAction) => void;
  notify: (text: string) => void;
  onSignedOut: (why: string | null) => void;
}

export interface Connection {
  engine: CallEngine;
  statistics: StatisticsKeeper;
}

/** The hub connection and the call on it: one of each for as long as somebody is signed in. */
export function useConnection({ token, state, dispatch, notify, onSignedOut }: ConnectionOptions): Connection | null {
  const [connection, setConnection] = useState<Connection | null>(null);
  const myId = state.me.id;
  const latest = useRef(state);
  latest.current = state;

  useEffect(() => {
    const hub = new Hub(token, isStillSignedIn);
    const calls = new CallEngine(hub, (userId) => nameOf(latest.current, userId), notify, playSound);
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
    const statistics = new StatisticsKeeper(calls, myId);
    const stopLogging = logCalls(hub, calls);
    setConnection({ engine: calls, statistics });
    hub.start();
    return () => {
      stopListening();
      calls.stop();
      statistics.stop();
      stopLogging();
      void hub.stop();
    };
  }, [token, myId, dispatch, notify, onSignedOut]);

  return connection;
}
