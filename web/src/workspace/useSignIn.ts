import { useCallback, useEffect, useState } from 'react';
import { forgetToken, keepToken, keptToken, onTokenChanged } from '../api/http';
import { readMe, type SignedIn } from '../api/signIn';
import { RefusedError } from '../api/refusals';
import type { User } from '../protocol/workspace';
import { forgetUser, takeTab } from './forgetUser';

export type SignInSession =
  | { kind: 'out' }
  | { kind: 'asking'; token: string }
  | { kind: 'in'; token: string; me: User };

const retryMs = 2_000;

/** Who is signed in at this browser; kept over reloads. */
export function useSignIn() {
  const [session, setSession] = useState<SignInSession>(fromToken);
  const [problem, setProblem] = useState<string | null>(null);

  const forget = useCallback((why: string | null) => {
    forgetToken();
    setProblem(why);
    setSession({ kind: 'out' });
  }, []);

  const accept = useCallback((signedIn: SignedIn) => {
    keepToken(signedIn.token);
    takeTab(signedIn.user.id);
    setProblem(null);
    setSession({ kind: 'in', token: signedIn.token, me: signedIn.user });
  }, []);

  useEffect(() => onTokenChanged(() => setSession(fromToken())), []);

  // However one came to be signed out. By now the workspace is gone, and keeps nothing any more.
  useEffect(() => {
    if (session.kind === 'out') {
      forgetUser();
    }
  }, [session.kind]);

  useEffect(() => {
    if (session.kind !== 'asking') {
      return undefined;
    }

    let timer: number | undefined;
    let isCurrent = true;
    const ask = async () => {
      try {
        const me = await readMe();
        if (isCurrent) {
          takeTab(me.id);
          setProblem(null);
          setSession({ kind: 'in', token: session.token, me });
        }
      } catch (failure) {
        if (!isCurrent) {
          return;
        }

        if (failure instanceof RefusedError && failure.code === 'unauthenticated') {
          forget('Your sign-in has expired or was revoked. Sign in again to go on.');
        } else {
          setProblem('The service cannot be reached. Trying again…');
          timer = window.setTimeout(() => void ask(), retryMs);
        }
      }
    };
    void ask();
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [session, forget]);

  return { session, problem, accept, forget };
}

function fromToken(): SignInSession {
  const token = keptToken();
  return token === null ? { kind: 'out' } : { kind: 'asking', token };
}
