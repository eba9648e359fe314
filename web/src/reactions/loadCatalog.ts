import data from 'emojibase-data/en/compact.json';
import messages from 'emojibase-data/en/messages.json';
import { type EmojiGroup, emojiGroups } from './emojiCatalog';

const fontSize = '32px';
const widthTolerance = 0.2;

/** The catalogue without what this computer's fonts have no picture for. */
export function loadCatalog(): EmojiGroup[] {
  const groups = emojiGroups(data, messages.groups);
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) {
    return groups;
  }

  context.font = `${fontSize} "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Twemoji Mozilla", sans-serif`;
  const usual = context.measureText('😀').width;
  // All pictures of a font are equally wide; what is missing falls apart into several or into a box.
  const isDrawn = (text: string) => Math.abs(context.measureText(text).width - usual) <= usual * widthTolerance;
  const drawn = groups.map((group) => ({ ...group, emojis: group.emojis.filter(({ text }) => isDrawn(text)) }));
  const count = (all: EmojiGroup[]) => all.reduce((total, { emojis }) => total + emojis.length, 0);
  return count(drawn) * 2 > count(groups) ? drawn.filter(({ emojis }) => emojis.length > 0) : groups;
}
