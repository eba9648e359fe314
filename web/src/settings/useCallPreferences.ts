import { useSyncExternalStore } from 'react';
import { type CallPreferences, callPreferences, changeCallPreferences, onCallPreferences } from './callPreferences';

export function useCallPreferences(): [CallPreferences, (difference: Partial<CallPreferences>) => void] {
  return [useSyncExternalStore(onCallPreferences, callPreferences), changeCallPreferences];
}
