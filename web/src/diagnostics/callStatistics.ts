import type { ConnectionFigures } from '../call/connectionFigures';
import type { Device } from '../protocol/answers';

/** What one call was like for this client: what `/call stats` shows (S88). */
export interface CallStatistics {
  client: Device & { userAgent: string; page: string };
  userId: string;
  callId: string;
  channelId: string;
  sessionId: string;
  joinedAt: string;
  /** Null while the call goes on. */
  endedAt: string | null;
  /** How often the service or the media was gone for a moment. */
  interruptions: { service: number; media: number };
  microphone: string;
  /** The newest last. */
  samples: StatisticsSample[];
  /** The browser's own report as it was last read. */
  webrtc: RTCStats[];
}

export interface StatisticsSample extends ConnectionFigures {
  at: string;
  media: string;
  muted: boolean;
}

/** The service's own view of the call, asked for when somebody looks. */
export interface ServerFigures {
  /** By how much the service's clock is ahead of this computer's. */
  clockAheadMs: number;
  call: unknown;
  /** What the media server knows of this client's session; or why that is not known. */
  media: unknown;
}

// The last ten minutes, a sample every five seconds: what went wrong is usually recent.
const samplesMax = 120;

/** Pure: one more sample, the oldest giving way. */
export function withSample(statistics: CallStatistics, sample: StatisticsSample, report: RTCStats[]): CallStatistics {
  return { ...statistics, samples: [...statistics.samples, sample].slice(-samplesMax), webrtc: withoutSecrets(report) };
}

// Certificates are long and say nothing about quality; the ICE names are half of a secret.
function withoutSecrets(report: RTCStats[]): RTCStats[] {
  return report
    .filter((entry) => entry.type !== 'certificate')
    .map((entry) => {
      const { usernameFragment: _ours, iceLocalUsernameFragment: _local, ...rest } = entry as RTCStats & Record<string, unknown>;
      return rest as unknown as RTCStats;
    });
}
