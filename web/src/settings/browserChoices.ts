/**
 * What this browser's user chose; kept per browser, and shared by its tabs. A change is made to what is kept at that
 * moment, so that no tab undoes the choice of another, and the others hear of it.
 */
export class BrowserChoices<T> {
  #raw: string | null = null;
  #present: T;
  readonly #readers = new Set<() => void>();

  constructor(
    private readonly storageKey: string,
    private readonly complete: (kept: Partial<T>) => T,
  ) {
    this.#present = complete({});
  }

  /** The same object until something changes. */
  readonly present = (): T => {
    const raw = localStorage.getItem(this.storageKey);
    if (raw !== this.#raw) {
      this.#raw = raw;
      this.#present = this.complete(parse<T>(raw));
    }

    return this.#present;
  };

  change(next: (present: T) => T): void {
    localStorage.setItem(this.storageKey, JSON.stringify(next(this.present())));
    this.#tell();
  }

  readonly subscribe = (reader: () => void): (() => void) => {
    const stopFollowing = this.onElsewhere(reader);
    this.#readers.add(reader);
    return () => {
      stopFollowing();
      this.#readers.delete(reader);
    };
  };

  /** Calls back when another tab changed something. */
  readonly onElsewhere = (reader: () => void): (() => void) => {
    const look = ({ key }: StorageEvent) => {
      if (key === this.storageKey) {
        reader();
      }
    };
    window.addEventListener('storage', look);
    return () => window.removeEventListener('storage', look);
  };

  #tell(): void {
    this.#readers.forEach((reader) => reader());
  }
}

function parse<T>(raw: string | null): Partial<T> {
  try {
    return JSON.parse(raw ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}
