import { BrowserChoices } from './browserChoices';

/** What this browser's user chose for sound. */
export interface DevicePreferences {
  /** Empty: what the system uses. */
  microphoneId: string;
  speakerId: string;
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
}

export const defaultDevicePreferences: DevicePreferences = {
  microphoneId: '',
  speakerId: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const choices = new BrowserChoices<DevicePreferences>('calls.devices', (kept) => ({ ...defaultDevicePreferences, ...kept }));

export const loadDevicePreferences = choices.present;
export const onDevicesElsewhere = choices.onElsewhere;

export function saveDevicePreferences(preferences: DevicePreferences): void {
  choices.change(() => preferences);
}
