import { endForEveryone, lowerHandOf, makeHost, muteOthers, muteSession, type Removal, removeSession, stopScreenOf } from '../api/hosts';
import { hostFailureSentence } from '../api/refusals';
import type { CallState } from '../call/callState';
import type { SessionSnapshot } from '../protocol/answers';
import { useNotify } from '../ui/notify';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import type { HostChoice } from './hostChoices';

export interface HostControls {
  use: (choice: Exclude<HostChoice, 'remove'>, target: SessionSnapshot) => void;
  muteOthers: () => void;
  remove: (removal: Removal) => void;
  end: () => void;
}

/** The host's controls for a call; what the service refuses is said. */
export function useHostControls({ call }: CallState): HostControls {
  const { state, engine } = useWorkspace();
  const notify = useNotify();
  const { id } = call;

  async function carryOut(ask: () => Promise<unknown>, done: string | null = null) {
    try {
      await ask();
      if (done !== null) {
        notify(done);
      }
    } catch (failure) {
      notify(hostFailureSentence(failure));
    }
  }

  const asks: Record<Exclude<HostChoice, 'remove'>, (target: SessionSnapshot) => Promise<unknown>> = {
    make: ({ userId }) => makeHost(id, userId),
    mute: ({ sessionId }) => muteSession(id, sessionId),
    'ask-unmute': ({ sessionId }) => engine.askToUnmute(sessionId),
    'lower-hand': ({ sessionId }) => lowerHandOf(id, sessionId),
    'stop-screen': ({ sessionId }) => stopScreenOf(id, sessionId),
  };

  return {
    use: (choice, target) => {
      const done = choice === 'ask-unmute' ? `${nameOf(state, target.userId)} was asked to unmute.` : null; // The rest is seen.
      void carryOut(() => asks[choice](target), done);
    },
    muteOthers: () => void carryOut(() => muteOthers(id), 'Everybody else is muted.'),
    remove: (removal) => void carryOut(() => removeSession(id, removal)),
    end: () => void carryOut(() => endForEveryone(id)),
  };
}
