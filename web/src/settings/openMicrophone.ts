import type { DevicePreferences } from './devicePreferences';

/**
 * Opens the chosen microphone; where it is not plugged in, the one of the system. Asked for exactly: browsers that are
 * merely told what would be ideal may still give the system's.
 */
export async function openMicrophone(devices: MediaDevices, preferences: DevicePreferences): Promise<MediaStream> {
  const { microphoneId, echoCancellation, noiseSuppression, autoGainControl } = preferences;
  const processing = { echoCancellation, noiseSuppression, autoGainControl };
  if (microphoneId !== '') {
    try {
      return await devices.getUserMedia({ audio: { ...processing, deviceId: { exact: microphoneId } } });
    } catch (failure) {
      if (!isNotThere(failure)) {
        throw failure;
      }
    }
  }

  return await devices.getUserMedia({ audio: processing });
}

// Not every browser makes it an `Error`.
function isNotThere(failure: unknown): boolean {
  const { name } = (failure ?? {}) as { name?: unknown };
  return name === 'OverconstrainedError' || name === 'NotFoundError';
}
