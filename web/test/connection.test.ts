import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '../src/call/backoff';
import { figures, readCounters } from '../src/call/connectionFigures';
import { microphoneProblem } from '../src/call/microphoneProblem';
import { thisDevice } from '../src/call/thisDevice';
import { newTraceparent } from '../src/api/traceparent';
import { transportsTried } from '../src/call/transportsTried';

describe('reconnecting', () => {
  it('waits longer each time, never long, and never the same for everybody', () => {
    expect(reconnectDelayMs(0, 0)).toBe(125);
    expect(reconnectDelayMs(0, 1)).toBe(250);
    expect(reconnectDelayMs(3, 1)).toBe(2_000);
    expect(reconnectDelayMs(30, 1)).toBe(8_000);
  });
});

describe('transportsTried', () => {
  const candidates = [
    'a=candidate:1 1 udp 2130706431 192.0.2.7 8443 typ host',
    'a=candidate:2 1 udp 2130706430 2001:db8::7 8443 typ host',
    'a=candidate:3 1 tcp 1671430143 192.0.2.7 8443 typ host tcptype passive',
  ];
  const report = [
    { id: 'r1', type: 'remote-candidate', timestamp: 0, address: '192.0.2.7', port: 8443, protocol: 'udp' },
    { id: 'p1', type: 'candidate-pair', timestamp: 0, remoteCandidateId: 'r1', state: 'failed', requestsSent: 9 },
  ] as unknown as RTCStats[];

  it('names each way that the answer offered and what became of it (S81)', () => {
    expect(transportsTried([...candidates, 'a=candidate:broken'], report)).toEqual([
      'UDP to 192.0.2.7:8443: no answer',
      'UDP to [2001:db8::7]:8443: not tried, this browser found no way there',
      'TCP to 192.0.2.7:8443: not tried, this browser found no way there',
    ]);
  });

  it('tells a reachable address without a secure connection from an unreachable one', () => {
    const reachable = report.map((entry) => (entry.type === 'candidate-pair' ? { ...entry, state: 'succeeded' } : entry));
    expect(transportsTried(candidates.slice(0, 1), reachable)).toEqual([
      'UDP to 192.0.2.7:8443: reachable, but no secure connection came about',
    ]);
  });
});

describe('connection figures', () => {
  const reading = (bytes: number, packets: number, lost: number) =>
    [
      { id: 't', type: 'transport', timestamp: 0, selectedCandidatePairId: 'p' },
      { id: 'c', type: 'remote-candidate', timestamp: 0, protocol: 'udp', address: '192.0.2.7', port: 8443 },
      {
        id: 'p',
        type: 'candidate-pair',
        timestamp: 0,
        remoteCandidateId: 'c',
        currentRoundTripTime: 0.02,
        bytesSent: bytes,
        bytesReceived: 2 * bytes,
      },
      { id: 'i', type: 'inbound-rtp', timestamp: 0, packetsReceived: packets, packetsLost: lost, jitter: 0.004 },
    ] as unknown as RTCStats[];

  it('are differences of two readings', () => {
    const shown = figures(readCounters(reading(0, 0, 0), 0), readCounters(reading(5_000, 98, 2), 1_000));
    expect(shown).toEqual({
      transport: 'UDP to 192.0.2.7:8443',
      roundTripMs: 20,
      upKbitPerSecond: 40,
      downKbitPerSecond: 80,
      lossUpPercent: null,
      lossDownPercent: 2,
      jitterMs: 4,
    });
  });

  it('are unknown after one reading', () => {
    expect(figures(null, readCounters(reading(5_000, 98, 2), 0)).upKbitPerSecond).toBeNull();
  });
});

describe('microphoneProblem', () => {
  it('blames plain http before anything else (S-tls)', () => {
    expect(microphoneProblem(new TypeError('undefined'), false)).toBe('insecure');
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['UnknownError', 'failed'],
  ])('reads %s as %s (S28)', (name, problem) => {
    expect(microphoneProblem(Object.assign(new Error('no'), { name }), true)).toBe(problem);
  });
});

describe('what a join carries', () => {
  it('is a valid W3C trace context, new each time', () => {
    expect(newTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(newTraceparent()).not.toBe(newTraceparent());
  });

  it('names the browser and the system', () => {
    const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';
    expect(thisDevice(chrome)).toEqual({ name: 'Chrome on Linux', platform: 'Linux', version: '156.0.0.0' });
    expect(thisDevice(firefox).name).toBe('Firefox on Windows');
    expect(thisDevice('curl/8').name).toBeNull();
  });
});
