import { createContext, useContext } from 'react';

export const NotifyContext = createContext<(text: string) => void>(() => undefined);

/** Says a sentence to the user for a few seconds, on the screen and to screen readers. */
export function useNotify(): (text: string) => void {
  return useContext(NotifyContext);
}
