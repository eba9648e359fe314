/** Whether keys pressed here go into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Whether the space bar already has a meaning here: it writes, or it presses what is focused. */
export function usesSpace(target: EventTarget | null): boolean {
  return isTyping(target) || (target instanceof Element && target.closest('button, a, summary, dialog, [role="menuitem"], [role="option"]') !== null);
}
