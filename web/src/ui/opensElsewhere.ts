type Press = Pick<MouseEvent, 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>;

/** Pure: whether a click on a link asks for a new tab, a new window or a download, which stays the browser's business. */
export function opensElsewhere({ metaKey, ctrlKey, shiftKey, altKey }: Press): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}
