import { redact } from './redact';

export type LogLevel = 'info' | 'warn' | 'error';

// As much as the service takes, 1 MiB, with room for a heading: hours of a call.
const bytesMax = 1024 * 1024 - 2_048;
const lineCharactersMax = 2_000; // A stack trace, cut.

/** What this client did, as a ring of lines: the oldest go when it is full. Never holds what people write, or a secret. */
export class ClientLog {
  #lines: string[] = [];
  #bytes = 0;

  constructor(
    private readonly max = bytesMax,
    private readonly now: () => Date = () => new Date(),
  ) {}

  add(level: LogLevel, text: string): void {
    const oneLine = redact(text).slice(0, lineCharactersMax).replaceAll('\n', ' | ');
    this.#push(`${this.now().toISOString()} ${level} ${oneLine}`);
  }

  text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  /** Puts lines of the page before a reload in front. */
  restore(text: string): void {
    const later = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
    [...text.split('\n').filter((line) => line !== ''), ...later].forEach((line) => this.#push(line));
  }

  clear(): void {
    this.#lines = [];
    this.#bytes = 0;
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#bytes += size(line);
    let gone = 0;
    while (this.#bytes > this.max) {
      this.#bytes -= size(this.#lines[gone] ?? '');
      gone += 1;
    }

    this.#lines.splice(0, gone);
  }
}

/** The log of this page. */
export const clientLog = new ClientLog();

const encoder = new TextEncoder();

function size(line: string): number {
  return encoder.encode(line).length + 1; // With the end of its line.
}
