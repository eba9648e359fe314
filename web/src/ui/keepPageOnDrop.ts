/** Whether files are dragged, and not a text or a link. */
export function carriesFiles(carried: Pick<DataTransfer, 'types'> | null): boolean {
  return carried?.types.includes('Files') === true;
}

/** A file that is let go beside its target would take the page's place, and end a call with it. */
export function keepPageOnDrop(page: EventTarget): void {
  const refuse = (event: Event) => {
    const carried = (event as DragEvent).dataTransfer;
    if (!event.defaultPrevented && carriesFiles(carried)) {
      event.preventDefault();
      if (carried !== null) {
        carried.dropEffect = 'none';
      }
    }
  };
  page.addEventListener('dragover', refuse);
  page.addEventListener('drop', refuse);
}
