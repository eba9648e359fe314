import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isStillSignedIn } from '../src/api/signIn';
import { Hub, type HubStatus } from '../src/call/hub';
import { installFakeBrowser, settle } from './fakeRtc';

/** As much of SignalR's connection as the hub uses; the test plays the network. */
const signalR = vi.hoisted(() => {
  class FakeConnection {
    static all: FakeConnection[] = [];
    state = 'Disconnected';
    stopped = false;
    answer: { opens: () => void; fails: () => void } = { opens: () => undefined, fails: () => undefined };
    #onclose: () => void = () => undefined;

    constructor() {
      FakeConnection.all.push(this);
    }

    on = () => undefined;

    onclose(react: () => void) {
      this.#onclose = react;
    }

    start(): Promise<void> {
      this.state = 'Connecting';
      return new Promise((resolve, reject) => {
        const become = (state: string, act: () => void) => () => {
          this.state = state;
          act();
        };
        this.answer = {
          opens: become('Connected', resolve),
          fails: become('Disconnected', () => reject(new Error('Refused.'))),
        };
      });
    }

    // One that is still opening ends no sooner than that does.
    stop(): Promise<void> {
      this.stopped = true;
      this.state = this.state === 'Connecting' ? 'Disconnecting' : 'Disconnected';
      return Promise.resolve();
    }

    closes(): void {
      this.state = 'Disconnected';
      this.#onclose();
    }
  }
  class FakeBuilder {
    withUrl = () => this;
    configureLogging = () => this;
    build = () => new FakeConnection();
  }
  return { FakeConnection, FakeBuilder };
});

vi.mock('@microsoft/signalr', () => ({
  HubConnectionBuilder: signalR.FakeBuilder,
  HubConnectionState: { Disconnected: 'Disconnected' },
  HttpTransportType: { WebSockets: 1 },
  LogLevel: { None: 6 },
}));

const connections = signalR.FakeConnection.all;
let statuses: HubStatus[];

function start(check: (signal: AbortSignal) => Promise<boolean>): Hub {
  const hub = new Hub('token', check);
  hub.listen({ onEvent: () => undefined, onStatus: (status) => statuses.push(status) });
  hub.start();
  return hub;
}

beforeEach(() => {
  installFakeBrowser();
  connections.length = 0;
  statuses = [];
  // Its clock is not the test's otherwise.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((afterMs) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('TimeoutError')), afterMs);
    return abort.signal;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a lost connection to the service', () => {
  it('is made anew though the question who is signed in gets no answer on a dead route', async () => {
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    start(isStillSignedIn);
    connections[0]?.answer.opens();
    await settle();
    connections[0]?.closes();
    await vi.advanceTimersByTimeAsync(3_500);
    connections[0]?.answer.opens();
    await settle();
    expect(statuses).toEqual(['connected', 'reconnecting', 'connected']);
  });

  it('is given up when the service says that one is signed out', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 401 })));
    start(isStillSignedIn);
    connections[0]?.answer.fails();
    await settle();
    expect(statuses).toEqual(['stopped']);
  });

  it('does not wait for one that leads nowhere', async () => {
    start(() => Promise.resolve(true));
    await vi.advanceTimersByTimeAsync(10_500);
    expect(connections.map((each) => [each.state, each.stopped])).toEqual([
      ['Disconnecting', true],
      ['Connecting', false],
    ]);
    connections[1]?.answer.opens();
    await settle();
    connections[0]?.closes();
    await settle();
    expect(statuses).toEqual(['connected']);
  });

  it('is tried again after a refusal, by the same one', async () => {
    start(() => Promise.resolve(true));
    connections[0]?.answer.fails();
    await vi.advanceTimersByTimeAsync(500);
    expect(connections.map((each) => each.state)).toEqual(['Connecting']);
  });
});
