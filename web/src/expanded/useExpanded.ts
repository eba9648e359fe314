import { useCallback, useEffect, useState } from 'react';
import type { CallEngine } from '../call/callEngine';

/** Whether the call has the whole window; without a call it never has. */
export function useExpanded(engine: CallEngine | null) {
  const [isExpanded, setExpanded] = useState(false);

  useEffect(
    () =>
      engine?.subscribe(() => {
        if (engine.view.state === null) {
          setExpanded(false);
        }
      }),
    [engine],
  );

  return {
    isExpanded,
    expand: useCallback(() => setExpanded(true), []),
    collapse: useCallback(() => setExpanded(false), []),
  };
}
