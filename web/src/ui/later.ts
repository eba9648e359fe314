export type LaterState<T> = { kind: 'wanted' | 'loading' | 'failed' } | { kind: 'loaded'; value: T };

/** A part of the page that is loaded when somebody first needs it. A failure is told, and asked about anew. */
export class Later<T> {
  #state: LaterState<T> = { kind: 'wanted' };
  readonly #readers = new Set<() => void>();

  constructor(private readonly fetch: () => Promise<T>) {}

  readonly state = (): LaterState<T> => this.#state;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  };

  readonly load = async (): Promise<void> => {
    if (this.#state.kind === 'loading' || this.#state.kind === 'loaded') {
      return;
    }

    this.#show({ kind: 'loading' });
    try {
      this.#show({ kind: 'loaded', value: await this.fetch() });
    } catch {
      this.#show({ kind: 'failed' }); // No connection; or a newer version of the page has other files.
    }
  };

  #show(state: LaterState<T>): void {
    this.#state = state;
    this.#readers.forEach((reader) => reader());
  }
}
