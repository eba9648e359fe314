import type { KeyboardEvent } from 'react';

const composingKeyCode = 229; // UI Events: a key that belongs to an input method.

/** Pure: whether a key is for an input method that writes the text. Safari says so of the Enter that ends it by its code alone. */
export function isComposing(event: Pick<KeyboardEvent, 'keyCode'> & { nativeEvent: { isComposing: boolean } }): boolean {
  return event.nativeEvent.isComposing || event.keyCode === composingKeyCode;
}
