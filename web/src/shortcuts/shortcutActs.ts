import { type KeyPress, pressedShortcut, type ShortcutId } from './shortcuts';

/** What shortcuts do at this moment. Who registered last is asked, such as a dialog before the page under it. */
export class ShortcutActs {
  readonly #acts = new Map<ShortcutId, (() => void)[]>();

  on(id: ShortcutId, act: () => void): () => void {
    this.#acts.set(id, [...(this.#acts.get(id) ?? []), act]);
    return () => this.#acts.set(id, (this.#acts.get(id) ?? []).filter((other) => other !== act));
  }

  has(id: ShortcutId): boolean {
    return (this.#acts.get(id) ?? []).length > 0;
  }

  /** Whether the press was a shortcut that does something now. */
  press(press: KeyPress & { repeat: boolean }, isTyping: boolean): boolean {
    const shortcut = pressedShortcut(press);
    const act = shortcut === undefined || shortcut.isHeld ? undefined : this.#acts.get(shortcut.id)?.at(-1);
    // A key that writes something belongs to the text field.
    if (shortcut === undefined || act === undefined || (isTyping && !shortcut.mod)) {
      return false;
    }

    if (!press.repeat) {
      act();
    }

    return true;
  }
}

/** Those of this page. */
export const shortcutActs = new ShortcutActs();
