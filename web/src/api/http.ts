import { RefusedError } from './refusals';
import { newTraceparent } from './traceparent';
import { clientLog } from '../diagnostics/clientLog';
import type { Refusal } from '../protocol/answers';

const tokenKey = 'calls.token';

/** Calls back when another window of this browser signed in or out. */
export function onTokenChanged(react: () => void): () => void {
  const look = (event: StorageEvent) => {
    if (event.key === tokenKey) {
      react();
    }
  };
  window.addEventListener('storage', look);
  return () => window.removeEventListener('storage', look);
}

export function keptToken(): string | null {
  return localStorage.getItem(tokenKey);
}

export function keepToken(token: string): void {
  localStorage.setItem(tokenKey, token);
}

export function forgetToken(): void {
  localStorage.removeItem(tokenKey);
}

interface Problem {
  code?: Refusal;
  detail?: string;
  title?: string;
  retryAfterMs?: number;
}

/** One request to the service; a refusal is thrown as `RefusedError`, an unreachable service as any other error. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
  signal?: AbortSignal,
): Promise<T> {
  // These bring their content type along.
  const isTyped = body instanceof FormData || body instanceof Blob;
  const response = await fetch(`/api/v1/${path}`, {
    method,
    headers: {
      traceparent: newTraceparent(),
      ...authorization(),
      ...(body === undefined || isTyped ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(signal === undefined ? {} : { signal }),
    ...(body === undefined ? {} : { body: isTyped ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    const failure = refused(response, text);
    clientLog.add('warn', `${method} ${path} was answered ${response.status}: ${failure.message}`);
    throw failure;
  }

  return (text === '' ? null : JSON.parse(text)) as T;
}

function authorization(): Record<string, string> {
  const token = keptToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

function refused(response: Response, text: string): Error {
  const problem = readProblem(text);
  if (problem.code === undefined) {
    return response.status === 401
      ? new RefusedError('unauthenticated', '', null)
      : new Error(`The service answered ${response.status}.`);
  }

  return new RefusedError(problem.code, problem.detail ?? problem.title ?? '', problem.retryAfterMs ?? null);
}

function readProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {}; // A proxy in between answers in its own words.
  }
}
