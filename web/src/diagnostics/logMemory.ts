import type { ClientLog } from './clientLog';

const storageKey = 'calls.log';

/** Carries the log over a reload of this tab: what led to one is what is looked for. */
export function keepLogOverReloads(log: ClientLog): void {
  log.restore(sessionStorage.getItem(storageKey) ?? '');
  sessionStorage.removeItem(storageKey);
  window.addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(storageKey, log.text());
    } catch {
      // No room: the log begins anew.
    }
  });
}
