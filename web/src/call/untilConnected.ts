import type { HubLink } from './hub';

/** Resolves when the hub connects the next time; rejects when that takes too long. */
export function untilConnected(hub: HubLink, maxMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(() => {
      stopListening();
      reject(new Error('The hub did not come back.'));
    }, maxMs);
    const stopListening = hub.listen({
      onEvent: () => undefined,
      onStatus: (status) => {
        if (status === 'connected') {
          window.clearTimeout(timer);
          stopListening();
          resolve();
        }
      },
    });
  });
}
