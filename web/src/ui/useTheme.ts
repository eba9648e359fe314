import { useEffect, useState } from 'react';
import { effectiveTheme, keepTheme, keptTheme, type ThemeChoice } from './theme';

const darkQuery = '(prefers-color-scheme: dark)';

/** Light or dark as the system says, unless the user chose one. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(keptTheme);

  useEffect(() => {
    const query = window.matchMedia(darkQuery);
    const show = () => {
      document.documentElement.dataset['theme'] = effectiveTheme(choice, query.matches);
    };
    show();
    query.addEventListener('change', show);
    return () => query.removeEventListener('change', show);
  }, [choice]);

  return [
    choice,
    (next) => {
      keepTheme(next);
      setChoice(next);
    },
  ];
}
