import type { DevicePreferences } from './devicePreferences';

/** Pure: whether nothing that concerns the microphone differs, so that the one in use may stay. */
export function isSameMicrophone(one: DevicePreferences, other: DevicePreferences): boolean {
  return (
    one.microphoneId === other.microphoneId &&
    one.echoCancellation === other.echoCancellation &&
    one.noiseSuppression === other.noiseSuppression &&
    one.autoGainControl === other.autoGainControl
  );
}
