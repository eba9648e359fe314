import { failureSentence } from '../api/refusals';
import type { Emoji } from '../protocol/answers';
import type { HubMethods } from '../protocol/hubMethods';
import type { HubLink } from './hub';

type Simple = { [M in keyof HubMethods]: HubMethods[M]['argument'] extends { sessionId: string } ? M : never }[keyof HubMethods];

/** What somebody in a call does besides speaking. The events that follow show it; a refusal is said. */
export class SessionCommands {
  constructor(
    private readonly hub: HubLink,
    private readonly sessionId: string,
    private readonly onNotice: (text: string) => void,
  ) {}

  setHand(isRaised: boolean): Promise<void> {
    return this.#ask(isRaised ? 'RaiseHand' : 'LowerHand', { sessionId: this.sessionId });
  }

  react(emoji: Emoji): Promise<void> {
    return this.#ask('React', { sessionId: this.sessionId, emoji });
  }

  stayMuted(): Promise<void> {
    return this.#ask('DeclineUnmute', { sessionId: this.sessionId });
  }

  async #ask<M extends Simple>(method: M, argument: HubMethods[M]['argument']): Promise<void> {
    try {
      await this.hub.invoke(method, argument);
    } catch (failure) {
      this.onNotice(failureSentence(failure));
    }
  }
}
