import type { Reacted } from '../protocol/events';
import { nextEnd, type ShownReaction, withoutOld, withReaction } from './shownReactions';

/** The reactions of a call as long as they are shown. Nothing of them is kept. */
export class ReactionStream {
  shown: readonly ShownReaction[] = [];
  #timer: number | undefined;

  constructor(private readonly onChange: () => void) {}

  add(reacted: Reacted): void {
    this.shown = withReaction(this.shown, reacted, Date.now());
    this.#waitForNext();
    this.onChange();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  #waitForNext(): void {
    window.clearTimeout(this.#timer);
    const end = nextEnd(this.shown);
    if (end !== null) {
      this.#timer = window.setTimeout(() => this.#age(), Math.max(0, end - Date.now()));
    }
  }

  #age(): void {
    this.shown = withoutOld(this.shown, Date.now());
    this.#waitForNext();
    this.onChange();
  }
}
