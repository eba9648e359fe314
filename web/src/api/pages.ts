import type { Page } from '../protocol/workspace';
import { request } from './http';

const pageLimit = 200; // The most that the service gives at once.

/** Every item of a list that is short by nature, such as one's channels. */
export async function readAll<T>(path: string, query: Record<string, string> = {}): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = null;
  do {
    const page: Page<T> = await request('GET', withPaging(path, next, pageLimit, query));
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
}

export function readPage<T>(path: string, after: string | null, limit: number): Promise<Page<T>> {
  return request('GET', withPaging(path, after, limit));
}

function withPaging(path: string, after: string | null, limit: number, query: Record<string, string> = {}): string {
  const asked = new URLSearchParams({ ...query, limit: String(limit), ...(after === null ? {} : { after }) });
  return `${path}?${asked.toString()}`;
}
