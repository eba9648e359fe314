import { createServer, type Server } from 'node:http';

/** A span as OTLP carries it; ids in hexadecimal. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
}

/** Receives OTLP over HTTP (protobuf), as any collector does, and keeps the spans. */
export class Collector {
  readonly spans: Span[] = [];
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port: number): Promise<Collector> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/v1/traces') collector.#take(Buffer.concat(chunks));
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    const collector = new Collector(server);
    await new Promise<void>(listening => server.listen(port, '127.0.0.1', listening));
    return collector;
  }

  /** Resolves with the spans of a trace once all the names are among them. */
  async trace(traceId: string, names: RegExp[], within = 30_000): Promise<Span[]> {
    const until = Date.now() + within;
    for (;;) {
      const found = this.spans.filter(span => span.traceId === traceId);
      if (names.every(name => found.some(span => name.test(span.name)))) return found;
      const left = until - Date.now();
      if (left <= 0) throw new Error(`trace ${traceId} has only: ${found.map(span => span.name).join(', ') || 'nothing'}`);
      await new Promise<void>(wake => {
        const timer = setTimeout(wake, left);
        this.#waiting.add(() => { clearTimeout(timer); wake(); });
      });
    }
  }

  async stop(): Promise<void> {
    await new Promise(closed => this.#server.close(closed));
  }

  // ExportTraceServiceRequest { 1: ResourceSpans { 2: ScopeSpans { 2: Span { 1: trace, 2: span, 4: parent, 5: name } } } }
  #take(body: Buffer): void {
    for (const resource of fields(body, 1)) {
      for (const scope of fields(resource, 2)) {
        for (const span of fields(scope, 2)) {
          this.spans.push({
            traceId: first(span, 1).toString('hex'),
            spanId: first(span, 2).toString('hex'),
            parentSpanId: first(span, 4).toString('hex'),
            name: first(span, 5).toString('utf8'),
          });
        }
      }
    }
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

const first = (message: Buffer, number: number): Buffer => fields(message, number)[0] ?? Buffer.alloc(0);

/** The length-delimited fields of a protobuf message that have this number. */
function fields(message: Buffer, number: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      if (Math.floor(key / 8) === number) found.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}
