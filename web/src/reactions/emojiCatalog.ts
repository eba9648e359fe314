import type { CompactEmoji } from 'emojibase';
import type { Emoji } from '../protocol/answers';
import { unifiedOf } from './emojiText';
import type { SkinTone } from './skinTones';

export interface CatalogEmoji {
  name: string;
  label: string;
  text: string;
  /** Lower-case words it is found by. */
  words: string;
  /** The whole picture in a tone, by tone. */
  tones: Partial<Record<string, string>>;
}

export interface EmojiGroup {
  key: string;
  title: string;
  emojis: CatalogEmoji[];
}

const componentsGroup = 2; // Skin tones and hair alone are no reactions.
const nameMax = 64; // The service's limit.
const tonePattern = /1F3F[B-F]/g;

/** Pure: the catalogue's groups in their order. */
export function emojiGroups(data: CompactEmoji[], titles: { key: string; message: string; order: number }[]): EmojiGroup[] {
  return titles
    .filter(({ order }) => order !== componentsGroup)
    .map(({ key, message, order }) => ({
      key,
      title: message.charAt(0).toUpperCase() + message.slice(1),
      emojis: data
        .filter(({ group }) => group === order)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
        .map(catalogEmoji),
    }));
}

function catalogEmoji({ label, unicode, tags, skins }: CompactEmoji): CatalogEmoji {
  const tones: Partial<Record<string, string>> = {};
  for (const skin of skins ?? []) {
    // Of pictures with several people the ones where all have the same tone.
    const [tone, ...others] = new Set(skin.hexcode.match(tonePattern));
    if (tone !== undefined && others.length === 0) {
      tones[tone] ??= skin.unicode;
    }
  }

  return { name: emojiSlug(label), label, text: unicode, words: [label, ...(tags ?? [])].join(' ').toLowerCase(), tones };
}

/** Pure: the name that goes over the wire: letters, digits and underscores. */
export function emojiSlug(label: string): string {
  const plain = label.normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return plain.replace(/^_+|_+$/g, '').slice(0, nameMax) || 'emoji';
}

/** Pure: an emoji of the catalogue in the tone the user likes, ready to be sent. */
export function inTone(emoji: CatalogEmoji, tone: SkinTone): Emoji & { text: string } {
  const toned = tone === null ? undefined : emoji.tones[tone];
  const text = toned ?? emoji.text;
  return { name: emoji.name, unified: unifiedOf(text), skin: toned === undefined ? null : tone, text };
}

/** Pure: what is found by the words somebody typed; each has to begin a word of the emoji. */
export function searchEmojis(groups: EmojiGroup[], typed: string): EmojiGroup[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const fits = ({ words }: CatalogEmoji) => wanted.every((word) => ` ${words}`.includes(` ${word}`));
  return wanted.length === 0
    ? groups
    : groups.map((group) => ({ ...group, emojis: group.emojis.filter(fits) })).filter((group) => group.emojis.length > 0);
}
