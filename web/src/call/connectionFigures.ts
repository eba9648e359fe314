/** What the connection does right now. */
export interface ConnectionFigures {
  transport: string | null;
  roundTripMs: number | null;
  upKbitPerSecond: number | null;
  downKbitPerSecond: number | null;
  lossUpPercent: number | null;
  lossDownPercent: number | null;
  jitterMs: number | null;
}

/** The counters that figures are differences of. */
export interface ConnectionCounters {
  atMs: number;
  transport: string | null;
  roundTripMs: number | null;
  bytesUp: number;
  bytesDown: number;
  packetsDown: number;
  lostDown: number;
  lossUp: number | null;
  jitterMs: number | null;
}

/** Pure: reads the counters from a browser's report. */
export function readCounters(report: Iterable<RTCStats>, atMs: number): ConnectionCounters {
  const stats = [...report];
  const byId = new Map(stats.map((entry) => [entry.id, entry]));
  const transport = stats.find((entry): entry is RTCTransportStats => entry.type === 'transport');
  const pairs = stats.filter((entry): entry is RTCIceCandidatePairStats => entry.type === 'candidate-pair');
  // Firefox has no transport entry and marks the pair instead.
  const pair =
    pairs.find((entry) => entry.id === transport?.selectedCandidatePairId) ??
    pairs.find((entry) => entry.nominated === true && entry.state === 'succeeded');
  const inbound = stats.filter((entry): entry is RTCInboundRtpStreamStats => entry.type === 'inbound-rtp');
  const remote = stats.filter((entry): entry is RemoteInbound => entry.type === 'remote-inbound-rtp');
  const jitters = inbound.flatMap((entry) => (entry.jitter === undefined || (entry.packetsReceived ?? 0) === 0 ? [] : [entry.jitter]));
  const rtt = pair?.currentRoundTripTime ?? remote.find((entry) => entry.roundTripTime !== undefined)?.roundTripTime;
  return {
    atMs,
    transport: pair === undefined ? null : nameOf(byId.get(pair.remoteCandidateId)),
    roundTripMs: rtt === undefined ? null : rtt * 1000,
    bytesUp: pair?.bytesSent ?? 0,
    bytesDown: pair?.bytesReceived ?? 0,
    packetsDown: sum(inbound.map((entry) => entry.packetsReceived)),
    lostDown: sum(inbound.map((entry) => entry.packetsLost)),
    lossUp: remote.find((entry) => entry.fractionLost !== undefined)?.fractionLost ?? null,
    jitterMs: jitters.length === 0 ? null : Math.max(...jitters) * 1000,
  };
}

/** Pure: the figures between two readings. */
export function figures(before: ConnectionCounters | null, now: ConnectionCounters): ConnectionFigures {
  const seconds = before === null ? 0 : (now.atMs - before.atMs) / 1000;
  const rate = (earlier: number, later: number) => (seconds <= 0 ? null : Math.max(0, ((later - earlier) * 8) / 1000 / seconds));
  const lost = before === null ? 0 : Math.max(0, now.lostDown - before.lostDown);
  const received = before === null ? 0 : Math.max(0, now.packetsDown - before.packetsDown);
  return {
    transport: now.transport,
    roundTripMs: now.roundTripMs,
    upKbitPerSecond: before === null ? null : rate(before.bytesUp, now.bytesUp),
    downKbitPerSecond: before === null ? null : rate(before.bytesDown, now.bytesDown),
    lossUpPercent: now.lossUp === null ? null : now.lossUp * 100,
    lossDownPercent: lost + received === 0 ? null : (lost / (lost + received)) * 100,
    jitterMs: now.jitterMs,
  };
}

type RemoteInbound = RTCStats & { roundTripTime?: number; fractionLost?: number };

function nameOf(candidate: RTCStats | undefined): string | null {
  const { protocol, address, port } = (candidate ?? {}) as { protocol?: string; address?: string; port?: number };
  return protocol === undefined ? null : `${protocol.toUpperCase()} to ${address ?? '?'}:${port ?? '?'}`;
}

function sum(values: (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
