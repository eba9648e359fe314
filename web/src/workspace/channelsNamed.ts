import type { PublicChannel } from '../protocol/workspace';

/** Pure: the channels whose name has all the words in it, by name. */
export function channelsNamed(channels: readonly PublicChannel[], words: string): PublicChannel[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return channels
    .filter(({ name, displayName }) => wanted.every((word) => `${displayName} ${name}`.toLowerCase().includes(word)))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
}
