import type { CallEngine, CallView } from '../call/callEngine';
import type { HubLink } from '../call/hub';
import type { CallEvent } from '../protocol/events';
import { clientLog } from './clientLog';

// Ten times a second in a lively call, and of no use afterwards.
const tooFrequent = new Set(['speaking', 'slots']);

/** Writes into the log what the call does: states of this client, and the names of the service's events. */
export function logCalls(hub: HubLink, engine: CallEngine): () => void {
  let before = describe(engine.view);
  const stopWatching = engine.subscribe(() => {
    const now = describe(engine.view);
    for (const [name, value] of Object.entries(now)) {
      if (value !== before[name]) {
        clientLog.add('info', `${name}: ${value}`);
      }
    }

    before = now;
  });
  const stopListening = hub.listen({
    onEvent: (event) => {
      if (!tooFrequent.has(event.type)) {
        clientLog.add('info', `event ${describeEvent(event)}`);
      }
    },
    onStatus: () => undefined, // The engine's view has it.
  });
  return () => {
    stopWatching();
    stopListening();
  };
}

function describe(view: CallView): Record<string, string> {
  const { state, microphone, mediaFailure } = view;
  return {
    hub: view.hub,
    joining: view.joining ?? 'nothing',
    call: state === null ? 'none' : `${state.call.id} as ${state.sessionId}`,
    media: state === null ? 'none' : view.media,
    muted: String(view.muted),
    microphone: microphone.kind === 'unavailable' ? `unavailable, ${microphone.problem}` : microphone.kind,
    resumed: String(view.isBack),
    'media failure': mediaFailure === null ? 'none' : mediaFailure.failure.transportsTried.join('; ') || 'nothing tried',
  };
}

// Of its data only ids and reasons: everything else may be what people wrote.
function describeEvent(event: CallEvent): string {
  const data = event.data as { sessionId?: string; userId?: string; reason?: string };
  const parts = [event.type, event.seq == null ? null : `#${event.seq}`, data.sessionId, data.userId, data.reason];
  return parts.filter((part) => part != null).join(' ');
}
