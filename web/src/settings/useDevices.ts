import { useEffect, useState } from 'react';

export interface Devices {
  microphones: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

/** The sound devices of this computer, as they come and go. Their names show once the microphone was allowed. */
export function useDevices(isMicrophoneOpen: boolean): Devices {
  const [devices, setDevices] = useState<Devices>({ microphones: [], speakers: [] });

  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined; // Absent on insecure pages.
    if (media === undefined) {
      return undefined;
    }

    const look = () => {
      media
        .enumerateDevices()
        .then((all) => {
          const named = all.filter((device) => device.deviceId !== '' && device.deviceId !== 'default');
          setDevices({
            microphones: named.filter((device) => device.kind === 'audioinput'),
            speakers: named.filter((device) => device.kind === 'audiooutput'),
          });
        })
        .catch(() => undefined); // Then there is just the system's choice.
    };
    look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, [isMicrophoneOpen]);

  return devices;
}
