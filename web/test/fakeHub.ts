import { RefusedError } from '../src/api/refusals';
import type { HubLink, HubListener, HubStatus } from '../src/call/hub';
import type { JoinedSession } from '../src/protocol/answers';
import type { CallEvent } from '../src/protocol/events';
import type { HubMethods } from '../src/protocol/hubMethods';
import { aCall, aSession } from './fixtures';

export const at = '2026-01-01T10:00:01Z';
export const media = { generation: 1, iceServers: [], voiceSlots: 1 };

type Answers = { [M in keyof HubMethods]?: (argument: HubMethods[M]['argument']) => HubMethods[M]['value'] | Promise<HubMethods[M]['value']> };

/** A service that answers as the test says, and writes down what it was asked. */
export class FakeHub implements HubLink {
  status: HubStatus = 'connected';
  asked: [keyof HubMethods, unknown][] = [];
  answers: Answers = {
    Join: () => joined(),
    Offer: () => ({ sdp: '', lines: [] }),
    Mute: () => null,
    Unmute: () => null,
    Leave: () => null,
  };
  readonly #listeners = new Set<HubListener>();
  readonly #waiting = new Set<(failure: Error) => void>();

  listen(listener: HubListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async invoke<M extends keyof HubMethods>(method: M, argument: HubMethods[M]['argument']): Promise<HubMethods[M]['value']> {
    this.asked.push([method, argument]);
    const answer = this.answers[method];
    if (answer === undefined || this.status !== 'connected') {
      throw new Error(`No answer to ${method}.`);
    }

    // As SignalR does it: with the connection goes whatever still waits for its answer.
    const lost = new Promise<never>((_, reject) => this.#waiting.add(reject));
    return await Promise.race([lost, answer(argument)]);
  }

  tell(event: CallEvent): void {
    this.#listeners.forEach((listener) => listener.onEvent(event));
  }

  becomes(status: HubStatus): void {
    this.status = status;
    if (status !== 'connected') {
      this.#waiting.forEach((reject) => reject(new Error('The connection closed.')));
      this.#waiting.clear();
    }

    this.#listeners.forEach((listener) => listener.onStatus(status));
  }

  methods(): string[] {
    return this.asked.map(([method]) => method);
  }
}

export function joined(difference: Partial<JoinedSession> = {}): JoinedSession {
  return { sessionId: 'mine', resumeToken: 'token1', call: aCall(), media, muted: true, ...difference };
}

export function event(seq: number, sessionId: string): CallEvent {
  return { type: 'participant_joined', at, seq, callId: 'call_1', data: { session: aSession(sessionId) } };
}

/** An answer that comes when the test says so. */
export function later<T>() {
  let give: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give: (value: T) => give(value) };
}

export function unavailable(): RefusedError {
  return new RefusedError('unavailable', '', null);
}
