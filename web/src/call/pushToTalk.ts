/** Who is muted talks while the space bar is held, and is muted again whatever ends that. */
export class PushToTalk {
  #isHeld = false;

  constructor(
    private readonly isMuted: () => boolean,
    private readonly setMuted: (muted: boolean) => void,
  ) {}

  /** @param usesSpace The space bar has a meaning of its own where it was pressed. Returns whether it was taken. */
  press(key: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, usesSpace: boolean): boolean {
    const isPlainSpace = key.code === 'Space' && !key.ctrlKey && !key.metaKey && !key.altKey && !key.shiftKey;
    if (!isPlainSpace || (usesSpace && !this.#isHeld)) {
      return false;
    }

    // A held key repeats; only the first press counts.
    if (!this.#isHeld && this.isMuted()) {
      this.#isHeld = true;
      this.setMuted(false);
    }

    return this.#isHeld;
  }

  release(): void {
    if (this.#isHeld) {
      this.#isHeld = false;
      this.setMuted(true);
    }
  }
}
