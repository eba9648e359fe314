import type { ClientLog, LogLevel } from './clientLog';

const levels = { info: 'info', warn: 'warn', error: 'error' } as const satisfies Record<string, LogLevel>;

/** Writes into the log what goes to the browser's console, and errors that nobody caught. */
export function captureConsole(log: ClientLog): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, LogLevel][]) {
    const original = console[method].bind(console);
    console[method] = (...parts: unknown[]) => {
      log.add(level, parts.map(inWords).join(' '));
      original(...parts);
    };
  }

  window.addEventListener('error', (event) => log.add('error', `uncaught: ${inWords(event.error ?? event.message)}`));
  window.addEventListener('unhandledrejection', (event) => log.add('error', `unhandled: ${inWords(event.reason)}`));
}

// An object could be anything, a post too: only its kind is named.
function inWords(part: unknown): string {
  if (part instanceof Error) {
    return part.stack ?? `${part.name}: ${part.message}`;
  }

  return typeof part === 'object' && part !== null ? `[${part.constructor?.name ?? 'object'}]` : String(part);
}
