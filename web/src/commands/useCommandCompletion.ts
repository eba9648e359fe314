import { type KeyboardEvent, useId, useState } from 'react';
import type { Channel } from '../protocol/workspace';
import { isComposing } from '../ui/isComposing';
import { type CommandOption, commandOptions, isTyped } from './slashCommands';
import { useCommandSituation } from './useCommandSituation';

/** Completes a slash command while it is typed: arrows walk, Tab and Enter choose, Escape closes. */
export function useCommandCompletion(text: string, setText: (text: string) => void, channel: Channel) {
  const situation = useCommandSituation(channel);
  const [active, setActive] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const listId = useId();
  const options = closedFor === text ? [] : commandOptions(text, situation);
  const at = Math.min(active, options.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;

  function choose(option: CommandOption) {
    setText(option.text);
    setActive(0);
  }

  /** Whether the key was for the list. */
  function onKeyDown(event: KeyboardEvent): boolean {
    const option = options[at];
    if (option === undefined || isComposing(event)) {
      return false;
    }

    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length);
        break;
      case 'Enter':
      case 'Tab':
        if (event.shiftKey || (event.key === 'Enter' && isTyped(option, text))) {
          return false;
        }

        choose(option);
        break;
      case 'Escape':
        setClosedFor(text);
        event.stopPropagation();
        break;
      default:
        setActive(0); // Another letter makes another list.
        return false;
    }

    event.preventDefault();
    return true;
  }

  const isOpen = options.length > 0;
  return {
    options,
    listId,
    at,
    optionId,
    choose,
    onKeyDown,
    point: setActive,
    // A text field is a combobox while it has something to offer, and just a text field otherwise.
    field: isOpen
      ? ({
          role: 'combobox',
          'aria-expanded': true,
          'aria-haspopup': 'listbox',
          'aria-autocomplete': 'list',
          'aria-controls': listId,
          'aria-activedescendant': optionId(at),
        } as const)
      : {},
  };
}
