import type { Emoji } from '../protocol/answers';

const codePointMax = 0x10ffff;
// Whatever clients may send, it is shown only if it is a picture: no letters, no marks that turn a line around.
const isPicture = /^(?:\p{Emoji}|\p{Emoji_Component}|\u200d|\ufe0f)+$/u;
const hasPicture = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** Pure: the emoji as text; its name between colons when its code points are no emoji. */
export function emojiText({ unified, name }: Pick<Emoji, 'unified' | 'name'>): string {
  const points = unified.split('-').map((point) => Number.parseInt(point, 16));
  if (points.some((point) => !(point <= codePointMax))) {
    return `:${name}:`;
  }

  const text = String.fromCodePoint(...points);
  return isPicture.test(text) && hasPicture.test(text) ? text : `:${name}:`;
}

/** Pure: the code points of a text, as clients send them to each other. */
export function unifiedOf(text: string): string {
  return [...text].map((letter) => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')).join('-');
}

/** Pure: a name to say instead of the picture. */
export function emojiName({ name }: Pick<Emoji, 'name'>): string {
  return name.replaceAll('_', ' ');
}
