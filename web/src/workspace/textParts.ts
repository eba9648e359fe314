export interface TextPart {
  text: string;
  /** Where a part that is an address leads; null for plain words. */
  href: string | null;
}

// Stops before what usually ends a sentence around an address.
const address = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

/** Pure: a text split into words and addresses. Nothing of it is ever read as markup. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > end) {
      parts.push({ text: text.slice(end, match.index), href: null });
    }

    parts.push({ text: match[0], href: match[0] });
    end = match.index + match[0].length;
  }

  if (end < text.length) {
    parts.push({ text: text.slice(end), href: null });
  }

  return parts;
}
