import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freePort } from '../support/ports.ts';

const binary = resolve(import.meta.dirname, '../../../artifacts/bin/Silo/release/calls.dll');
const key = 'a-node-key-of-at-least-32-characters';
const patience = { timeout: 30_000, interval: 50 };

interface NodeNews {
  type: string;
  state?: string;
  reason?: string;
}

/** A control plane that remembers what a media node tells it, and moves nothing by itself. */
async function controlPlane() {
  const told = { incarnation: '', states: [] as string[], events: [] as NodeNews[] };
  const server = createServer((request, response) => {
    void read(request).then(body => {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer(request, body)));
    });
  });
  function answer(request: IncomingMessage, body: any): object {
    if (request.method === 'PUT') {
      told.incarnation = body.node.incarnation;
      return { heartbeatSeconds: 1, acknowledged: 0 };
    }
    if (request.url!.endsWith('/heartbeats')) {
      told.states.push(body.state);
      return { acknowledged: 0, state: body.state };
    }
    told.events.push(...body.events);
    return { acknowledged: body.firstSequence + body.events.length - 1 };
  }
  return { told, server, url: `http://127.0.0.1:${await listen(server)}` };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

const session = (call: string) => `/node/v1/calls/call_${call.repeat(26)}/sessions/sess_${'a'.repeat(26)}`;

it('a media-only process that gets SIGTERM takes no new call and ends when its calls have been moved', async () => {
  const plane = await controlPlane();
  const api = `http://127.0.0.1:${await freePort()}`;
  const node = spawn('dotnet', [
    binary, '--roles', 'media', '--media:nodekey', key, '--media:controlplane', plane.url, '--media:apiurl', api,
    '--media:port', '0', '--media:addresses', '127.0.0.1', '--media:drainseconds', '600', '--telemetry:metricslisten=',
    '--data', mkdtempSync(join(tmpdir(), 'calls-drain-')),
  ], { stdio: 'ignore' });
  const ended = new Promise<number | null>(exit => node.once('exit', exit));
  const ask = (method: string, path: string, body?: object) => fetch(api + path, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Calls-Incarnation': plane.told.incarnation, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const reservation = {
    generation: 1, kind: 'participant', voiceSlots: 3, expiresInSeconds: 600, traceParent: null,
    permissions: { version: 1, mayPublishVoice: true, mayPublishScreen: false, muted: true },
  };

  try {
    await vi.waitFor(() => expect(plane.told.states).toContain('active'), patience);
    expect((await ask('PUT', session('a'), reservation)).status).toBe(201);

    node.kill('SIGTERM');
    await vi.waitFor(() => expect(plane.told.states).toContain('draining'), patience);
    expect(node.exitCode).toBeNull();
    expect(await (await ask('PUT', session('b'), reservation)).json()).toMatchObject({ error: 'draining' });

    expect((await ask('DELETE', session('a'))).status).toBe(204);
    expect(await ended).toBe(0);
    expect(plane.told.events.map(({ type, state, reason }) => state ?? reason ?? type)).toEqual(['draining', 'closed', 'drained']);
  } finally {
    node.kill('SIGKILL');
    plane.server.close();
    plane.server.closeAllConnections();
  }
}, 120_000);
