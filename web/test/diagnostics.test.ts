import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallEngine, CallView } from '../src/call/callEngine';
import { enterCall } from '../src/call/callState';
import { type CallStatistics, withSample } from '../src/diagnostics/callStatistics';
import { captureConsole } from '../src/diagnostics/captureConsole';
import { ClientLog } from '../src/diagnostics/clientLog';
import { keepLogOverReloads } from '../src/diagnostics/logMemory';
import { redact } from '../src/diagnostics/redact';
import { StatisticsKeeper } from '../src/diagnostics/statisticsKeeper';
import { aCall } from './fixtures';
import { installFakeBrowser, settle } from './fakeRtc';

const noon = () => new Date('2026-01-01T12:00:00.000Z');

describe('the client\'s log (S90)', () => {
  it('is a line per thing that happened', () => {
    const log = new ClientLog(1_000, noon);
    log.add('info', 'media: connected');
    log.add('error', 'first\nsecond');
    expect(log.text()).toBe('2026-01-01T12:00:00.000Z info media: connected\n2026-01-01T12:00:00.000Z error first | second\n');
  });

  it('is a ring: the oldest lines go, and it is never larger than it may be', () => {
    const log = new ClientLog(300, noon);
    for (let i = 0; i < 100; i++) {
      log.add('info', `line ${i} ü`);
    }

    expect(new TextEncoder().encode(log.text()).length).toBeLessThanOrEqual(300);
    expect(log.text()).toContain('line 99');
    expect(log.text()).not.toContain('line 50');
  });

  it('never holds a secret, whatever text it came in', () => {
    const text = [
      'wss://calls.example/hubs/calls?access_token=abc123&id=1',
      'Authorization: Bearer abc123',
      'a=ice-pwd:abc123',
      '{"resumeToken":"abc123","token":"abc123"}',
      'a=fingerprint:sha-256 abc123',
    ].join('\n');
    expect(redact(text)).not.toContain('abc123');
    expect(redact('rtc connected (generation 1)')).toBe('rtc connected (generation 1)');
  });

  it('takes from the console what it says, but nothing of what objects hold', () => {
    installFakeBrowser();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const log = new ClientLog();
    captureConsole(log);
    console.warn('call: odd', { text: 'what somebody wrote' }, new Error('boom'));
    window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('nobody caught me') }));
    expect(warn).toHaveBeenCalled();
    expect(log.text()).toContain('warn call: odd [Object] Error: boom');
    expect(log.text()).toContain('nobody caught me');
    expect(log.text()).not.toContain('what somebody wrote');
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('goes on after a reload', () => {
    installFakeBrowser();
    const before = new ClientLog(1_000, noon);
    keepLogOverReloads(before);
    before.add('info', 'before');
    window.dispatchEvent(new Event('pagehide'));
    const after = new ClientLog(1_000, noon);
    after.add('info', 'after');
    keepLogOverReloads(after);
    expect(after.text().split('\n').map((line) => line.split(' ').at(-1))).toEqual(['before', 'after', '']);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
});

describe('the figures of the last call (S88 S89)', () => {
  let readers: (() => void)[];
  let view: CallView;
  let report: Map<string, RTCStats> | null;
  let engine: CallEngine;
  let answers: (path: string) => Response;

  beforeEach(() => {
    installFakeBrowser();
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' });
    vi.stubGlobal('fetch', (path: string) => Promise.resolve(answers(path)));
    answers = (path) => new Response(path.endsWith('/statistics') ? '{"session":"mine","transport":"udp"}' : '{"id":"call_1","endedAt":null}');
    Object.assign(window, { location: { origin: 'https://calls.example' }, setInterval, clearInterval });
    readers = [];
    report = new Map([['o', { id: 'o', type: 'outbound-rtp', timestamp: 0 } as RTCStats]]);
    view = {
      hub: 'connected',
      joining: null,
      state: null,
      muted: true,
      media: 'connected',
      microphone: { kind: 'open', label: 'Headset' },
      voices: [],
      isBack: true,
    } as unknown as CallView;
    engine = {
      get view() {
        return view;
      },
      subscribe: (reader: () => void) => {
        readers.push(reader);
        return () => undefined;
      },
      stats: () => Promise.resolve(report),
    } as unknown as CallEngine;
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function show(difference: Partial<CallView>): void {
    view = { ...view, ...difference };
    readers.forEach((reader) => reader());
  }

  it('are none before the first call', async () => {
    const keeper = new StatisticsKeeper(engine, 'alice');
    expect(keeper.hasCall).toBe(false);
    expect(await keeper.read()).toBeNull();
  });

  it('are of the call while it goes on, and are still there after it', async () => {
    const keeper = new StatisticsKeeper(engine, 'alice');
    show({ state: enterCall('mine', aCall()) });
    await vi.advanceTimersByTimeAsync(10_000);
    show({ media: 'reconnecting' });
    show({ media: 'connected', isBack: false });
    expect(await keeper.read()).toMatchObject({
      callId: 'call_1',
      sessionId: 'mine',
      endedAt: null,
      client: { name: 'Firefox on Linux', page: 'https://calls.example' },
      microphone: 'Headset',
      interruptions: { service: 1, media: 1 },
      webrtc: [{ type: 'outbound-rtp' }],
      server: { call: { id: 'call_1' }, media: { session: 'mine', transport: 'udp' } },
    });
    report = null;
    show({ state: null });
    const after = await keeper.read();
    expect(after?.endedAt).not.toBeNull();
    expect(after?.samples).toHaveLength(3);
  });

  it('stand without the media server\'s when it has forgotten the session, and say so', async () => {
    const keeper = new StatisticsKeeper(engine, 'alice');
    show({ state: enterCall('mine', aCall()) });
    answers = (path) =>
      path.endsWith('/statistics')
        ? new Response('{"code":"not_found","detail":"There is no such thing."}', { status: 404 })
        : new Response('{"id":"call_1"}');
    expect((await keeper.read())?.server).toMatchObject({
      call: { id: 'call_1' },
      media: 'The media server does not know this session any more.',
    });
  });

  it('outlive a reload for whom they belong to, and the same session goes on in them', async () => {
    const before = new StatisticsKeeper(engine, 'alice');
    show({ state: enterCall('mine', aCall()) });
    await vi.advanceTimersByTimeAsync(5_000);
    before.stop();
    readers = [];
    expect(new StatisticsKeeper(engine, 'bob').hasCall).toBe(false);
    const after = new StatisticsKeeper(engine, 'alice');
    expect(after.hasCall).toBe(true);
    readers = readers.slice(-1);
    show({});
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect((await after.read())?.samples.length).toBeGreaterThanOrEqual(2);
  });

  it('are overwritten by the next join', async () => {
    const keeper = new StatisticsKeeper(engine, 'alice');
    show({ state: enterCall('mine', aCall()) });
    await vi.advanceTimersByTimeAsync(5_000);
    show({ state: null });
    show({ state: enterCall('next', aCall({ id: 'call_2' })) });
    expect(await keeper.read()).toMatchObject({ callId: 'call_2', sessionId: 'next' });
  });

  it('keep the last ten minutes, and neither certificates nor ICE names', () => {
    const sample = { at: '', media: 'connected', muted: true } as CallStatistics['samples'][number];
    let statistics = { samples: [], webrtc: [] } as unknown as CallStatistics;
    for (let i = 0; i < 200; i++) {
      statistics = withSample(statistics, { ...sample, at: String(i) }, [
        { id: 'c', type: 'certificate', timestamp: 0 },
        { id: 'l', type: 'local-candidate', timestamp: 0, usernameFragment: 'abc' } as RTCStats,
      ]);
    }

    expect(statistics.samples.map((one) => one.at)).toEqual(Array.from({ length: 120 }, (_, i) => String(i + 80)));
    expect(statistics.webrtc).toEqual([{ id: 'l', type: 'local-candidate', timestamp: 0 }]);
  });
});
