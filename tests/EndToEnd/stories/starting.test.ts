import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const binary = resolve(import.meta.dirname, '../../../artifacts/bin/Silo/release/calls.dll');

function start(...options: string[]): { code: number | null; out: string; lines: string[] } {
  const ran = spawnSync('dotnet', [binary, ...options], { encoding: 'utf8', cwd: mkdtempSync(join(tmpdir(), 'calls-start-')), timeout: 60_000 });
  return { code: ran.status, out: ran.stdout, lines: ran.stderr.split('\n').filter(line => line.length > 0) };
}

describe('a start that cannot work says in one line why, and what to do', () => {
  it('a busy port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(listening => server.once('listening', listening));
    const port = (server.address() as { port: number }).port;
    const { code, lines, out } = start('--listen', `http://127.0.0.1:${port}`, '--media:port', '0', '--telemetry:metricslisten=');
    server.close();
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`:${port}.*in use.*--listen`));
    expect(out).not.toMatch(/Exception|^ +at /m);
  });

  it('a busy media port', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>(bound => socket.bind(0, '127.0.0.1', bound));
    const { code, lines } = start('--listen', 'http://127.0.0.1:0', '--media:port', String(socket.address().port), '--media:addresses', '127.0.0.1', '--telemetry:metricslisten=');
    socket.close();
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/UDP port \d+ .*Calls:Media:Port/);
  });

  it('a folder that cannot be written', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'calls-start-')), 'a-file');
    writeFileSync(file, '');
    const { code, lines } = start('--data', join(file, 'data'));
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/Calls:Data is .*cannot write.*--data/)]);
  });

  it.each([
    ['--roles', 'waiter', /Calls:Roles is 'waiter'; allowed: .*silo, gateway, media/],
    ['--listen', 'nonsense', /Calls:Listen is 'nonsense'; allowed: http/],
    ['--database:provider', 'paper', /Calls:Database:Provider is 'paper'; allowed: sqlite, postgres/],
    ['--media:voiceslots', '9', /Calls:Media:VoiceSlots is 9; allowed: 1 to 8/],
    ['--sessions:grace', '00:00:00', /Calls:Sessions:Grace is 00:00:00; allowed: /],
    ['--limits:alonemax', '30', /Calls:Limits:AloneMax is 30\.00:00:00; allowed: 0 \(never\) to 7\.00:00:00/],
    ['--policy:start', 'cats', /Calls:Policy:Start is 'cats'; allowed: everyone, admins, nobody/],
    ['--media:port', 'cats', /Calls:Media:Port is 'cats'; allowed: 0/],
    ['--no-such-option', '1', /--no-such-option is no option; --help lists them/],
    ['--roles', 'gateway', /Calls:Roles parts silo from gateway/],
  ])('%s %s', (name, value, line) => {
    const { code, lines } = start(name, value, '--telemetry:metricslisten=');
    expect(code).toBe(1);
    expect(lines.filter(text => line.test(text))).toHaveLength(1);
    expect(lines.every(text => text.startsWith('calls: '))).toBe(true);
  });

  it('--help lists the options', () => {
    const { code, out } = start('--help');
    expect(code).toBe(0);
    for (const option of ['--listen', '--roles', '--media:port', '--data']) expect(out).toContain(option);
  });
});
