/** What this browser's user chose for sound; kept per browser. */
export interface DevicePreferences {
  /** Empty: what the system uses. */
  microphoneId: string;
  speakerId: string;
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
}

const storageKey = 'calls.devices';

export const defaultDevicePreferences: DevicePreferences = {
  microphoneId: '',
  speakerId: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export function loadDevicePreferences(): DevicePreferences {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<DevicePreferences>;
    return { ...defaultDevicePreferences, ...kept };
  } catch {
    return defaultDevicePreferences;
  }
}

export function saveDevicePreferences(preferences: DevicePreferences): void {
  localStorage.setItem(storageKey, JSON.stringify(preferences));
}
