import type { User } from '../protocol/workspace';
import { RefusedError } from './refusals';
import { request } from './http';

export interface SignedIn {
  token: string;
  expiresAt: string;
  user: User;
}

export function signIn(username: string, password: string): Promise<SignedIn> {
  return request('POST', 'sign-in', { username, password });
}

export function signOut(): Promise<null> {
  return request('POST', 'sign-out');
}

export function readMe(signal?: AbortSignal): Promise<User> {
  return request('GET', 'me', undefined, undefined, signal);
}

/** False only when the service says so: out of reach, or too slow, the sign-in is as good as before. */
export async function isStillSignedIn(signal: AbortSignal): Promise<boolean> {
  try {
    await readMe(signal);
    return true;
  } catch (failure) {
    return !(failure instanceof RefusedError && failure.code === 'unauthenticated');
  }
}
