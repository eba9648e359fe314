import { type RefObject, useRef } from 'react';

/** A value as it is when something happens, not as it was when an effect began. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
