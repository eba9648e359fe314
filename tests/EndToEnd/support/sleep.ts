import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';

/** Stops a browser with all its processes, as a laptop does whose lid is closed; returns what wakes it up. */
export function fallAsleep(browser: Browser): () => void {
  const root = browser.process()?.pid;
  if (root === undefined) throw new Error('The browser has no process of its own.');

  const family = [root, ...descendants(root)];
  for (const pid of family) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of family) process.kill(pid, 'SIGCONT');
  };
}

function descendants(root: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    const parent = parentOf(pid);
    if (parent !== null) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }

  const found: number[] = [];
  for (let waiting = [root]; waiting.length > 0; ) {
    waiting = waiting.flatMap(pid => childrenOf.get(pid) ?? []);
    found.push(...waiting);
  }

  return found;
}

function parentOf(pid: number): number | null {
  try {
    // The name stands in parentheses and may hold anything; the parent is the second field behind it.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null; // It has ended meanwhile.
  }
}
