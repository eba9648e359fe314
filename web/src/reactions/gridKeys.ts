import type { KeyboardEvent } from 'react';

/** Arrow keys in a grid of buttons, whatever its columns: left and right in order, up and down to what is nearest there. */
export function gridKeys(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-grid-item]')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = at < 0 ? entry(buttons, event) : target(buttons, at, event.key);
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
  }
}

// Out of the search field above the grid; other fields have their own use for arrow keys.
function entry(buttons: HTMLElement[], { key, target: field }: KeyboardEvent): HTMLElement | undefined {
  return key === 'ArrowDown' && field instanceof HTMLInputElement && field.type === 'search' ? buttons[0] : undefined;
}

function target(buttons: HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return buttons[at + 1];
    case 'ArrowLeft':
      return buttons[at - 1];
    case 'Home':
      return buttons[0];
    case 'End':
      return buttons.at(-1);
    case 'ArrowDown':
      return inRow(buttons, at, 1);
    case 'ArrowUp':
      return inRow(buttons, at, -1);
    default:
      return undefined;
  }
}

function inRow(buttons: HTMLElement[], at: number, step: 1 | -1): HTMLElement | undefined {
  const from = buttons[at]?.getBoundingClientRect();
  if (from === undefined) {
    return undefined;
  }

  let best: HTMLElement | undefined;
  let row: number | undefined;
  let distance = Infinity;
  for (let index = at + step; index >= 0 && index < buttons.length; index += step) {
    const button = buttons[index];
    const box = button?.getBoundingClientRect();
    if (button === undefined || box === undefined || Math.abs(box.top - from.top) < 1) {
      continue;
    }

    row ??= box.top;
    if (Math.abs(box.top - row) >= 1) {
      break; // The row after the next one.
    }

    if (Math.abs(box.left - from.left) < distance) {
      distance = Math.abs(box.left - from.left);
      best = button;
    }
  }

  return best;
}
