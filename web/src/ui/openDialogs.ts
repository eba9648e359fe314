/** The dialogs that are open, the one on top last. Whatever lies outside of that one can be neither heard nor reached. */
let open: readonly HTMLDialogElement[] = [];
const readers = new Set<() => void>();

export function topDialog(): HTMLDialogElement | null {
  return open.at(-1) ?? null;
}

/** Gives what takes it out again. */
export function dialogOpened(dialog: HTMLDialogElement): () => void {
  show([...open, dialog]);
  return () => show(open.filter((other) => other !== dialog));
}

export function onDialogs(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

function show(dialogs: readonly HTMLDialogElement[]): void {
  open = dialogs;
  readers.forEach((reader) => reader());
}
