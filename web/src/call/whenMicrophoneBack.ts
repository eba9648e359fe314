/** Acts once when a microphone is plugged in that was gone; without an id any will do. Returns how to stop waiting. */
export function whenMicrophoneBack(deviceId: string, act: () => void): () => void {
  const { mediaDevices } = navigator;
  const look = async () => {
    const devices = await mediaDevices.enumerateDevices().catch(() => []);
    if (isWaiting && devices.some((device) => device.kind === 'audioinput' && (deviceId === '' || device.deviceId === deviceId))) {
      stop();
      act();
    }
  };
  const changed = () => void look();
  let isWaiting = true;
  const stop = () => {
    isWaiting = false;
    mediaDevices.removeEventListener('devicechange', changed);
  };
  mediaDevices.addEventListener('devicechange', changed);
  return stop;
}
