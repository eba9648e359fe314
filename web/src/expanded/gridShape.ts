/** How the tiles fill the room there is. */
export interface GridShape {
  columns: number;
  tileWidth: number;
  tileHeight: number;
  /** Tiles with a person; the others are told as a number in one more tile. */
  shown: number;
}

export const tileGap = 10;
const tileWidthMin = 120; // A name and its marks need as much.
const tileWidthMax = 460;
const ratio = 4 / 3;

/** Pure: the largest tiles with which everybody is seen; with too many for that, as many as are legible. */
export function gridShape(count: number, width: number, height: number): GridShape {
  const best = Array.from({ length: Math.max(1, count) }, (_, index) => index + 1)
    .map((columns) => ({ columns, tileWidth: widthIn(columns, Math.ceil(count / columns), width, height) }))
    .reduce((a, b) => (b.tileWidth > a.tileWidth ? b : a));
  if (best.tileWidth >= tileWidthMin) {
    return sized(best.columns, Math.min(best.tileWidth, tileWidthMax), count);
  }

  const columns = Math.max(1, Math.floor((width + tileGap) / (tileWidthMin + tileGap)));
  const rows = Math.max(1, Math.floor((height + tileGap) / (tileWidthMin / ratio + tileGap)));
  const tileWidth = Math.floor((width - tileGap * (columns - 1)) / columns);
  // Tiles that became wider than high enough keep their rows: the width is cut to what fits.
  const room = columns * rows;
  return sized(columns, Math.min(tileWidth, widthIn(columns, rows, width, height)), count <= room ? count : Math.max(0, room - 1));
}

function widthIn(columns: number, rows: number, width: number, height: number): number {
  const byWidth = (width - tileGap * (columns - 1)) / columns;
  const byHeight = ((height - tileGap * (rows - 1)) / rows) * ratio;
  return Math.floor(Math.min(byWidth, byHeight));
}

function sized(columns: number, tileWidth: number, shown: number): GridShape {
  return { columns, tileWidth, tileHeight: Math.floor(tileWidth / ratio), shown };
}
