import { useEffect } from 'react';
import type { CallEngine } from '../call/callEngine';
import { loadDevicePreferences, onDevicesElsewhere } from './devicePreferences';

/** A device that was chosen in one tab is used in all of them. */
export function useSharedDevices(engine: CallEngine | null): void {
  useEffect(
    () => (engine === null ? undefined : onDevicesElsewhere(() => void engine.chooseDevices(loadDevicePreferences()))),
    [engine],
  );
}
