import { reconnectDelayMs } from '../call/backoff';
import { RefusedError } from './refusals';

export interface Asker<T> {
  onAnswer: (answer: T) => void;
  /** Asking again would not help. */
  onRefused?: (refusal: RefusedError) => void;
  /** It is asked again. */
  onTrouble?: (failure: unknown) => void;
}

/** Asks the service until it answers for good: an outage passes, and so do haste and a busy service. Gives what stops it. */
export function keepAsking<T>(ask: () => Promise<T>, { onAnswer, onRefused, onTrouble }: Asker<T>): () => void {
  let isStopped = false;
  let timer: number | undefined;
  let attempt = 0;

  async function once() {
    try {
      const answer = await ask();
      if (!isStopped) {
        onAnswer(answer);
      }
    } catch (failure) {
      if (isStopped) {
        return;
      }

      if (failure instanceof RefusedError && !passes(failure)) {
        onRefused?.(failure);
        return;
      }

      onTrouble?.(failure);
      const told = failure instanceof RefusedError ? failure.retryAfterMs : null;
      timer = window.setTimeout(() => void once(), told ?? reconnectDelayMs(attempt, Math.random()));
      attempt += 1;
    }
  }

  void once();
  return () => {
    isStopped = true;
    window.clearTimeout(timer);
  };
}

function passes({ code }: RefusedError): boolean {
  return code === 'unavailable' || code === 'rate_limited';
}
