import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  LogLevel,
} from '@microsoft/signalr';
import type { CallEvent } from '../protocol/events';
import type { HubMethods, HubReply } from '../protocol/hubMethods';
import { reconnectDelayMs } from './backoff';
import { RefusedError } from '../api/refusals';

export type HubStatus = 'connecting' | 'connected' | 'reconnecting' | 'stopped';

export interface HubListener {
  onEvent(event: CallEvent): void;
  onStatus(status: HubStatus): void;
}

// As the gateway's: after 15 s of silence a connection is lost for both sides alike.
const keepAliveMs = 5_000;
const silenceMaxMs = 15_000;
// Of the 30 s of grace, an attempt that leads nowhere may take only so many: there have to be several.
const openMaxMs = 10_000;
const signInCheckMaxMs = 3_000;

/** What a call needs of the connection to the service. */
export interface HubLink {
  readonly status: HubStatus;
  listen(listener: HubListener): () => void;
  invoke<M extends keyof HubMethods>(method: M, argument: HubMethods[M]['argument']): Promise<HubMethods[M]['value']>;
}

/** The one connection for events and for commands of my own session. Comes back by itself until it is stopped. */
export class Hub implements HubLink {
  #connection: HubConnection;
  readonly #listeners = new Set<HubListener>();
  #status: HubStatus = 'connecting';
  #wanted = true;
  #attempt = 0;
  #retryTimer: number | undefined;

  /** @param isStillSignedIn Asked when a connection is refused: a browser does not say why it was. Aborted, it does not know. */
  constructor(
    private readonly token: string,
    private readonly isStillSignedIn: (signal: AbortSignal) => Promise<boolean>,
  ) {
    this.#connection = this.#build();
    window.addEventListener('online', this.#retryNow);
  }

  get status(): HubStatus {
    return this.#status;
  }

  listen(listener: HubListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    window.clearTimeout(this.#retryTimer);
    window.removeEventListener('online', this.#retryNow);
    this.#setStatus('stopped');
    await this.#connection.stop();
  }

  /** Calls a method; a refusal is thrown as `RefusedError`, a lost connection as any other error. */
  async invoke<M extends keyof HubMethods>(method: M, argument: HubMethods[M]['argument']): Promise<HubMethods[M]['value']> {
    const reply = await this.#connection.invoke<HubReply<HubMethods[M]['value']>>(method, argument);
    if (!reply.ok) {
      const error = reply.error;
      throw new RefusedError(error?.code ?? 'unavailable', error?.message ?? '', error?.retryAfterMs ?? null);
    }

    return reply.value as HubMethods[M]['value'];
  }

  #build(): HubConnection {
    const connection = new HubConnectionBuilder()
      .withUrl('/hubs/calls', {
        skipNegotiation: true,
        transport: HttpTransportType.WebSockets,
        accessTokenFactory: () => this.token,
      })
      .configureLogging(LogLevel.None) // The library logs addresses, and those carry the token.
      .build();
    connection.keepAliveIntervalInMilliseconds = keepAliveMs;
    connection.serverTimeoutInMilliseconds = silenceMaxMs;
    connection.on('event', (event: CallEvent) => this.#listeners.forEach((listener) => listener.onEvent(event)));
    connection.onclose(() => {
      if (connection === this.#connection) {
        void this.#lost();
      }
    });
    return connection;
  }

  async #connect(): Promise<void> {
    if (!this.#wanted || this.#connection.state !== HubConnectionState.Disconnected) {
      return;
    }

    try {
      await this.#open(this.#connection);
      this.#attempt = 0;
      this.#setStatus('connected');
    } catch {
      await this.#lost();
    }
  }

  // Where nobody answers, browsers go on trying for minutes, and nothing can stop them: then another connection tries.
  async #open(connection: HubConnection): Promise<void> {
    let timer: number | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new Error('The connection did not open in time.')), openMaxMs);
    });
    try {
      await Promise.race([connection.start(), tooLong]);
    } catch (failure) {
      if (connection.state !== HubConnectionState.Disconnected) {
        void connection.stop().catch(() => undefined); // Should it open after all.
        this.#connection = this.#build();
      }

      throw failure;
    } finally {
      window.clearTimeout(timer);
    }
  }

  async #lost(): Promise<void> {
    if (!this.#wanted) {
      return;
    }

    if (this.#status === 'connected') {
      this.#setStatus('reconnecting');
    }

    if (!(await this.isStillSignedIn(AbortSignal.timeout(signInCheckMaxMs)))) {
      await this.stop();
      return;
    }

    window.clearTimeout(this.#retryTimer);
    this.#retryTimer = window.setTimeout(() => void this.#connect(), reconnectDelayMs(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  readonly #retryNow = (): void => {
    window.clearTimeout(this.#retryTimer);
    this.#attempt = 0;
    void this.#connect();
  };

  #setStatus(status: HubStatus): void {
    if (status !== this.#status) {
      this.#status = status;
      this.#listeners.forEach((listener) => listener.onStatus(status));
    }
  }
}
