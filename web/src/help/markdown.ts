/** As much of Markdown as our own pages use. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; id: string; text: Inline[] }
  | { kind: 'paragraph'; text: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: ListItem[] };

export interface ListItem {
  text: Inline[];
  /** One level of points within a point. */
  inner: Inline[][];
}

export type Inline =
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

const listMark = /^(\s*)(?:-|\d+\.) +(.*)$/;

/** Pure: a page as blocks, in their order. */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  for (const chunk of source.split(/\n{2,}/)) {
    const lines = chunk.split('\n').filter((line) => line.trim() !== '');
    const [first] = lines;
    if (first === undefined) {
      continue;
    }

    const heading = /^(#{1,3}) +(.*)$/.exec(first);
    if (heading !== null) {
      const [, marks = '', text = ''] = heading;
      blocks.push({ kind: 'heading', level: marks.length as 1 | 2 | 3, id: slug(text), text: parseInline(text) });
    } else if (listMark.test(first)) {
      blocks.push({ kind: 'list', isOrdered: /^\s*\d/.test(first), items: parseList(lines) });
    } else {
      blocks.push({ kind: 'paragraph', text: parseInline(lines.map((line) => line.trim()).join(' ')) });
    }
  }

  return blocks;
}

/** Pure: how a heading is linked to, as on the pages where Markdown is shown. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

export function parseInline(text: string): Inline[] {
  const marked = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  const parts: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(marked)) {
    const [all, code, strong, emphasis, link, href] = found;
    if (found.index > end) {
      parts.push({ kind: 'text', text: text.slice(end, found.index) });
    }

    end = found.index + all.length;
    if (link !== undefined && href !== undefined) {
      parts.push({ kind: 'link', text: link, href });
    } else {
      const kind = code !== undefined ? 'code' : strong !== undefined ? 'strong' : 'emphasis';
      // A word may be important and a command at once.
      parts.push({ kind, text: (code ?? strong ?? emphasis ?? '').replaceAll('`', '') });
    }
  }

  return end < text.length ? [...parts, { kind: 'text', text: text.slice(end) }] : parts;
}

function parseList(lines: string[]): ListItem[] {
  const points: { isInner: boolean; text: string }[] = [];
  for (const line of lines) {
    const [, indent, text] = listMark.exec(line) ?? [];
    const last = points.at(-1);
    if (text !== undefined) {
      points.push({ isInner: indent !== '', text });
    } else if (last !== undefined) {
      last.text += ` ${line.trim()}`;
    }
  }

  const items: ListItem[] = [];
  for (const { isInner, text } of points) {
    const outer = items.at(-1);
    if (isInner && outer !== undefined) {
      outer.inner.push(parseInline(text));
    } else {
      items.push({ text: parseInline(text), inner: [] });
    }
  }

  return items;
}
