import type { Emoji } from '../protocol/answers';

/** How often this browser's user reacted with something. */
export interface EmojiUse {
  emoji: Emoji;
  times: number;
}

export const frequentShown = 7;
const remembered = 30; // New ones need room to become frequent.
const timesMax = 40; // So that what was loved last year gives way to what is used now.
const storageKey = 'calls.reactions';

const defaults: Emoji[] = [
  { name: 'thumbs_up', unified: '1F44D', skin: null },
  { name: 'red_heart', unified: '2764-FE0F', skin: null },
  { name: 'face_with_tears_of_joy', unified: '1F602', skin: null },
  { name: 'party_popper', unified: '1F389', skin: null },
  { name: 'clapping_hands', unified: '1F44F', skin: null },
  { name: 'face_with_open_mouth', unified: '1F62E', skin: null },
  { name: 'thinking_face', unified: '1F914', skin: null },
];

/** Pure: the row to offer, the most used first, filled up with what everybody uses. */
export function frequentRow(uses: readonly EmojiUse[]): Emoji[] {
  const used = [...uses].sort((a, b) => b.times - a.times).map(({ emoji }) => emoji);
  const others = defaults.filter(({ unified }) => !used.some((emoji) => sameFigure(emoji.unified, unified)));
  return [...used, ...others].slice(0, frequentShown);
}

/** Pure: one more use of it. */
export function withUse(uses: readonly EmojiUse[], emoji: Emoji): EmojiUse[] {
  const times = (uses.find((use) => use.emoji.unified === emoji.unified)?.times ?? 0) + 1;
  const others = uses.filter((use) => use.emoji.unified !== emoji.unified);
  const all = [{ emoji, times }, ...others];
  const aged = times > timesMax ? all.map((use) => ({ ...use, times: Math.ceil(use.times / 2) })) : all;
  return aged.length <= remembered ? aged : aged.toSorted((a, b) => b.times - a.times).slice(0, remembered);
}

export function keptUses(): EmojiUse[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isUse) : [];
  } catch {
    return [];
  }
}

export function keepUses(uses: readonly EmojiUse[]): void {
  localStorage.setItem(storageKey, JSON.stringify(uses));
}

function isUse(value: unknown): value is EmojiUse {
  const use = value as Partial<EmojiUse> | null;
  return typeof use?.times === 'number' && typeof use.emoji?.name === 'string' && typeof use.emoji.unified === 'string';
}

// The mark that asks for the picture instead of the sign is not always there.
function sameFigure(a: string, b: string): boolean {
  return a.replaceAll('-FE0F', '') === b.replaceAll('-FE0F', '');
}
