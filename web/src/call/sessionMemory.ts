/** What a reload needs to go on with the session. Lives as long as the tab. */
export interface KeptSession {
  sessionId: string;
  resumeToken: string;
  callId: string;
  channelId: string;
  seq: number;
  /**
   * A `Resume` with this token was sent whose answer never came: the service may have replaced the token since. A page of an
   * older release has kept no word of it.
   */
  isInDoubt?: boolean;
}

const storageKey = 'calls.session';

export function keepSession(session: KeptSession): void {
  sessionStorage.setItem(storageKey, JSON.stringify(session));
}

export function forgetSession(): void {
  sessionStorage.removeItem(storageKey);
}

export function keptSession(): KeptSession | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as KeptSession | null;
  } catch {
    return null;
  }
}

// The page before a reload lets go of its lock within this time.
const lockWaitMs = 2_000;

/**
 * Makes this page the only one that carries the session: a duplicated tab copies the memory of the first, and would take
 * the call away from it. Resolves to what lets go again, or to null when another page has the session.
 */
export function lockSession(sessionId: string): Promise<(() => void) | null> {
  const locks = navigator.locks as LockManager | undefined; // Absent on insecure pages.
  if (locks === undefined) {
    return Promise.resolve(() => undefined);
  }

  return new Promise((resolve) => {
    locks
      .request(
        `calls.session.${sessionId}`,
        { signal: AbortSignal.timeout(lockWaitMs) },
        () => new Promise<void>((release) => resolve(release)),
      )
      .catch(() => resolve(null));
  });
}
