import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { freePort } from './ports.ts';

const root = resolve(import.meta.dirname, '../../..');
const binary = join(root, 'artifacts/bin/Silo/release/calls.dll');

/** What still runs when a story has failed half-way ends with the file that tells it. */
const running = new Set<ChildProcess>();
afterAll(() => { for (const child of running) child.kill('SIGKILL'); });

/** A running `calls` process, the real one, with its own ports and data folder. */
export class Program {
  readonly #settings: Record<string, string>;
  readonly #keepsData: boolean;
  #process: ChildProcess | null = null;
  #output = '';

  private constructor(
    readonly url: string,
    readonly data: string,
    settings: Record<string, string>,
    keepsData: boolean,
  ) {
    this.#settings = settings;
    this.#keepsData = keepsData;
  }

  static async start(extra: Record<string, string> = {}, data?: string): Promise<Program> {
    const [http, media] = [await freePort(), await freePort()];
    const folder = data ?? mkdtempSync(join(tmpdir(), 'calls-e2e-'));
    const program = new Program(`http://localhost:${http}`, folder, {
      'listen': `http://localhost:${http}`,
      'data': folder,
      'media:port': String(media),
      'workspace:seed': 'demo',
      'webroot': join(root, 'web/dist'),
      'telemetry:metricslisten': '',
      ...extra,
    }, data !== undefined);
    await program.run();
    return program;
  }

  /** What the process printed so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  /** Starts the process, again after it ended, with the same settings; resolves when it is ready to serve. */
  async run(): Promise<void> {
    const entries = Object.entries(this.#settings);
    // OpenTelemetry's settings are environment variables, ours are options.
    const environment = Object.fromEntries(entries.filter(([name]) => name.startsWith('OTEL_')));
    const options = entries.filter(([name]) => !name.startsWith('OTEL_')).map(([name, value]) => `--${name}=${value}`);
    const child = spawn('dotnet', [binary, ...options], { cwd: this.data, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    this.#process = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    const take = (chunk: Buffer) => { this.#output += chunk.toString(); };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const ended = new Promise<never>((_, reject) => child.once('exit', code =>
      reject(new Error(`calls ended with ${code} before it was ready:\n${this.#output}`))));
    ended.catch(() => undefined);
    await Promise.race([ended, this.#ready()]);
  }

  /** As an operator's power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As Ctrl-C would; resolves with the exit code. */
  async interrupt(): Promise<number | null> {
    return await this.#end('SIGINT');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    if (!this.#keepsData) rmSync(this.data, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const health = this.#settings['roles'] === 'media' ? this.#settings['media:apiurl'] : this.url;
    for (;;) {
      try {
        const response = await fetch(`${health}/readyz`);
        if (response.ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise(done => setTimeout(done, 50));
    }
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = new Promise<number | null>(done => child.once('exit', code => done(code)));
    child.kill(signal);
    return await exited;
  }
}
