import { useEffect, useRef } from 'react';
import { shortcutActs } from './shortcutActs';
import type { ShortcutId } from './shortcuts';

/** Gives a shortcut its meaning for as long as the component is there and `isOn`. */
export function useShortcut(id: ShortcutId, act: () => void, isOn = true): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => (isOn ? shortcutActs.on(id, () => latest.current()) : undefined), [id, isOn]);
}
