/** Texts that were begun, by channel or thread; kept over a reload of this tab. */

interface Draft {
  text: string;
  /** How much of its beginning is text that could not be sent. */
  returned: number;
}

const storageKey = 'calls.drafts';

let present: Record<string, Draft> | null = null;
let owners = 0;
const readers = new Set<() => void>();

export function draftOf(place: string): string {
  return all()[place]?.text ?? '';
}

export function changeDraft(place: string, text: string): void {
  put(place, { text, returned: 0 });
}

/**
 * Takes the text out, to be sent. Gives what puts it back where it could not be: before what was begun since, and behind
 * what was sent before it and came back, too.
 */
export function takeDraft(place: string): () => void {
  const unsent = draftOf(place);
  const owner = owners;
  changeDraft(place, '');
  return () => {
    if (owner === owners) {
      const { text, returned } = all()[place] ?? { text: '', returned: 0 };
      const former = join(text.slice(0, returned), unsent);
      const begun = text.slice(returned).replace(/^\n/, '');
      put(place, { text: join(former, begun), returned: former.length });
    }
  };
}

/** Somebody else may write here next; what is on its way does not come back to them. */
export function forgetDrafts(): void {
  owners += 1;
  present = {};
  sessionStorage.removeItem(storageKey);
  readers.forEach((reader) => reader());
}

export function onDrafts(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

function put(place: string, draft: Draft): void {
  const { [place]: _former, ...others } = all();
  present = draft.text === '' ? others : { ...others, [place]: draft };
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(present));
  } catch {
    // No room: it lasts as long as the page.
  }

  readers.forEach((reader) => reader());
}

function all(): Record<string, Draft> {
  present ??= load();
  return present;
}

function load(): Record<string, Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, Draft>;
  } catch {
    return {};
  }
}

function join(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}\n${second}`;
}
