export type TileSize = 'large' | 'medium' | 'small' | 'tiny';

export const tilesMax = 49; // Seven by seven is what one can look at; all are in the list.

const sizes: [number, TileSize][] = [
  [4, 'large'],
  [9, 'medium'],
  [20, 'small'],
];

/** Pure: how large the tiles of so many participants are. */
export function tileSize(participants: number): TileSize {
  return sizes.find(([most]) => participants <= most)?.[1] ?? 'tiny';
}
