/** Pure: the ways to the media server that were tried, such as "UDP to 192.0.2.1:8443: no answer". */
export function transportsTried(candidates: readonly string[], report: Iterable<RTCStats>): string[] {
  const stats = [...report];
  const remote = new Map(stats.filter(isCandidate).map((candidate) => [candidate.id, candidate]));
  const pairs = stats.filter(isPair);
  const offered = candidates.flatMap(readCandidate);
  return [...new Set(offered.map((candidate) => `${candidate.name}: ${outcome(candidate)}`))];

  function outcome(candidate: { address: string; port: number; protocol: string }): string {
    const states = pairs.flatMap((pair) => {
      const other = remote.get(pair.remoteCandidateId);
      const isThis =
        other?.port === candidate.port && other.protocol === candidate.protocol && isSame(other.address, candidate.address);
      return isThis ? [pair] : [];
    });
    if (states.some((pair) => pair.state === 'succeeded')) {
      return 'reachable, but no secure connection came about';
    }

    if (states.some((pair) => (pair.requestsSent ?? 0) > 0)) {
      return 'no answer';
    }

    return 'not tried, this browser found no way there';
  }
}

type RemoteCandidate = RTCStats & { address?: string; port?: number; protocol?: string };
type Pair = RTCIceCandidatePairStats & { requestsSent?: number };

function isCandidate(stats: RTCStats): stats is RemoteCandidate {
  return stats.type === 'remote-candidate';
}

function isPair(stats: RTCStats): stats is Pair {
  return stats.type === 'candidate-pair';
}

// Browsers may leave out the address of a candidate, or write IPv6 in another notation.
function isSame(seen: string | undefined, written: string): boolean {
  return seen === undefined || seen === '' || seen === written || (seen.includes(':') && written.includes(':'));
}

// RFC 8839 section 5.1: foundation component transport priority address port "typ" type.
function readCandidate(line: string): { name: string; address: string; port: number; protocol: string }[] {
  const [, , protocol, , address, port] = line.replace(/^a=candidate:/, '').split(' ');
  if (protocol === undefined || address === undefined || port === undefined) {
    return [];
  }

  const host = address.includes(':') ? `[${address}]` : address;
  const name = `${protocol.toUpperCase()} to ${host}:${port}`;
  return [{ name, address, port: Number(port), protocol: protocol.toLowerCase() }];
}
