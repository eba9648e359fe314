import { readCallRecord, readSessionStatistics } from '../api/calls';
import { RefusedError } from '../api/refusals';
import type { CallEngine, CallView } from '../call/callEngine';
import { type ConnectionCounters, figures, readCounters } from '../call/connectionFigures';
import type { CallState } from '../call/callState';
import { serverNow } from '../call/serverClock';
import { thisDevice } from '../call/thisDevice';
import { type CallStatistics, type ServerFigures, withSample } from './callStatistics';
import { keepStatistics, keptStatistics } from './statisticsMemory';

const everyMs = 5_000;

/** Keeps the figures of the last call this client was in; the next join overwrites them (S89). */
export class StatisticsKeeper {
  #statistics: CallStatistics | null;
  #before: ConnectionCounters | null = null;
  #seen: Pick<CallView, 'isBack' | 'media'> = { isBack: true, media: 'connecting' };
  #timer: number | undefined;
  readonly #stopWatching: () => void;

  constructor(
    private readonly engine: CallEngine,
    private readonly userId: string,
  ) {
    const kept = keptStatistics();
    // Somebody else may have been signed in at this browser.
    this.#statistics = kept?.userId === userId ? kept : null;
    this.#stopWatching = engine.subscribe(() => this.#look(engine.view));
  }

  get hasCall(): boolean {
    return this.#statistics !== null;
  }

  /** As they are now, with what the service says; null when there was no call yet. */
  async read(): Promise<(CallStatistics & { server: ServerFigures | string }) | null> {
    await this.#sample();
    return this.#statistics === null ? null : { ...this.#statistics, server: await askServer(this.#statistics) };
  }

  stop(): void {
    this.#stopWatching();
    this.#end();
  }

  #look(view: CallView): void {
    if (view.state === null) {
      this.#end();
      return;
    }

    if (this.#timer === undefined) {
      this.#begin(view.state);
    }

    this.#count(view);
  }

  #begin({ sessionId, call }: CallState): void {
    // After a reload the same session goes on.
    if (this.#statistics?.sessionId !== sessionId) {
      this.#statistics = {
        client: { ...thisDevice(navigator.userAgent), userAgent: navigator.userAgent, page: window.location.origin },
        userId: this.userId,
        callId: call.id,
        channelId: call.channelId,
        sessionId,
        joinedAt: new Date().toISOString(),
        endedAt: null,
        interruptions: { service: 0, media: 0 },
        microphone: 'closed',
        samples: [],
        webrtc: [],
      };
    }

    this.#before = null;
    this.#timer = window.setInterval(() => void this.#sample(), everyMs);
    this.#change({ endedAt: null });
  }

  #end(): void {
    if (this.#timer !== undefined) {
      window.clearInterval(this.#timer);
      this.#timer = undefined;
      this.#change({ endedAt: new Date().toISOString() });
    }
  }

  #count({ isBack, media, microphone }: CallView): void {
    const lostService = this.#seen.isBack && !isBack;
    const lostMedia = this.#seen.media === 'connected' && media === 'reconnecting';
    this.#seen = { isBack, media };
    const named = microphone.kind === 'open' ? microphone.label : microphone.kind === 'unavailable' ? microphone.problem : microphone.kind;
    if (this.#statistics === null || (!lostService && !lostMedia && named === this.#statistics.microphone)) {
      return;
    }

    const { service, media: times } = this.#statistics.interruptions;
    this.#change({
      microphone: named,
      interruptions: { service: service + (lostService ? 1 : 0), media: times + (lostMedia ? 1 : 0) },
    });
  }

  async #sample(): Promise<void> {
    const report = await this.engine.stats();
    const { state, media, muted } = this.engine.view;
    if (report === null || this.#statistics === null || state?.sessionId !== this.#statistics.sessionId) {
      return;
    }

    const entries: RTCStats[] = [];
    report.forEach((entry: RTCStats) => entries.push(entry));
    const now = readCounters(entries, performance.now());
    const sample = { at: new Date().toISOString(), media, muted, ...figures(this.#before, now) };
    this.#before = now;
    this.#change(withSample(this.#statistics, sample, entries));
  }

  #change(difference: Partial<CallStatistics>): void {
    if (this.#statistics !== null) {
      this.#statistics = { ...this.#statistics, ...difference };
      keepStatistics(this.#statistics);
    }
  }
}

async function askServer({ callId, sessionId }: CallStatistics): Promise<ServerFigures | string> {
  try {
    const [call, media] = await Promise.all([readCallRecord(callId), askMediaServer(callId, sessionId)]);
    return { clockAheadMs: Math.round(serverNow() - Date.now()), call, media };
  } catch {
    return 'The service did not answer.';
  }
}

// A media server remembers for some minutes, and only while it lives; the rest of the figures stands without.
async function askMediaServer(callId: string, sessionId: string): Promise<unknown> {
  try {
    return await readSessionStatistics(callId, sessionId);
  } catch (error) {
    if (error instanceof RefusedError) {
      return error.code === 'not_found' ? 'The media server does not know this session any more.' : error.message;
    }

    throw error;
  }
}
