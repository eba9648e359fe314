/** Pure: a colour for a person that stays theirs; dark enough for white letters on it (4.5 : 1 at every hue). */
export function avatarColor(id: string): string {
  let hash = 0x811c9dc5; // FNV-1a: ids that differ in one letter get colours far apart.
  for (const letter of id) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }

  return `hsl(${(hash >>> 8) % 360} 42% 34%)`;
}

/** Pure: one or two letters for a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => (word === undefined ? '' : ([...word][0] ?? ''))).join('').toUpperCase();
}
