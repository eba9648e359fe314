import type { User } from '../protocol/workspace';
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

export function readMe(): Promise<User> {
  return request('GET', 'me');
}
