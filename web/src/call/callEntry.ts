import { newOperationId } from '../api/operationId';
import { isPassing, RefusedError } from '../api/refusals';
import { newTraceparent } from '../api/traceparent';
import type { JoinedSession } from '../protocol/answers';
import type { CallStart } from './callStart';
import { passingRetryMs, type SessionStart } from './callSession';
import type { HubLink } from './hub';
import { resumeSession } from './resumeSession';
import { type KeptSession, keepSession } from './sessionMemory';
import { thisDevice } from './thisDevice';
import { untilConnected } from './untilConnected';

// Longer, and the user would rather hear that it did not work.
const hubBackMaxMs = 10_000;
// At one a second: longer than the grace period, after which there is nothing left to go on with.
const attemptsMax = 45;

/** Asks the service for a session: a new one, or one that goes on here. */
export class CallEntry {
  constructor(private readonly hub: HubLink) {}

  /** Starts the channel's call or joins it, or takes it over from another device. */
  async join(channelId: string, { from, title, threadId }: CallStart): Promise<SessionStart> {
    const operation = newOperation(newOperationId());
    const joined = await this.#askAgain(() =>
      from === undefined
        ? this.hub.invoke('Join', { channelId, title, threadId, ...operation })
        : this.hub.invoke('Move', { sessionId: from, ...operation }),
    );
    return { ...joined, traceparent: operation.traceparent };
  }

  /** A session of this page for which it has no token any more goes on as a new one. */
  async move(sessionId: string, operationId: string): Promise<SessionStart> {
    const operation = newOperation(operationId);
    const moved = await this.#untilServed(() => this.#askAgain(() => this.hub.invoke('Move', { sessionId, ...operation })));
    return { ...moved, traceparent: operation.traceparent };
  }

  /** After a reload: the same session goes on, with the next peer connection. */
  async resume(kept: KeptSession): Promise<SessionStart> {
    let known = kept;
    const resumed = await this.#untilServed(() => {
      const answer = resumeSession(this.hub, known);
      known = { ...known, isInDoubt: true };
      return answer;
    });
    const { sessionId, callId } = kept;
    if (resumed === null) {
      return await this.move(sessionId, newOperationId());
    }

    const { resumeToken, media } = resumed;
    keepSession({ ...kept, resumeToken, isInDoubt: false }); // The old one is void, whatever becomes of the rest.
    // The events alone say nothing to a page that has forgotten the call.
    const call = resumed.call ?? (await this.#untilServed(() => this.hub.invoke('Sync', { callId }))).call;
    const mine = call.sessions.find((session) => session.sessionId === sessionId);
    return {
      sessionId,
      resumeToken,
      call,
      media: { ...media, generation: media.generation + 1 },
      muted: mine?.muted ?? true,
      traceparent: newTraceparent(),
    };
  }

  // An answer that was lost with the connection is asked for again: the operation's id makes both one session.
  async #askAgain(ask: () => Promise<JoinedSession>): Promise<JoinedSession> {
    try {
      return await ask();
    } catch (failure) {
      if (failure instanceof RefusedError || this.hub.status === 'connected') {
        throw failure;
      }

      await untilConnected(this.hub, hubBackMaxMs);
      return await ask();
    }
  }

  // For a session that there is already: what the service cannot do now does not end it.
  async #untilServed<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (failure) {
        if (!isPassing(failure) || attempt === attemptsMax) {
          throw failure;
        }

        const waitMs = failure.retryAfterMs ?? passingRetryMs;
        await new Promise((resolve) => window.setTimeout(resolve, waitMs));
      }
    }
  }
}

function newOperation(operationId: string) {
  return { operationId, device: thisDevice(navigator.userAgent), traceparent: newTraceparent() };
}
