type Output = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

/** Pure: the chosen speaker, or the system's (empty) while the chosen one is not plugged in. */
export function speakerInUse(chosen: string, devices: readonly Output[]): string {
  // Before the microphone was allowed a browser names no devices: then the choice stands.
  const outputs = devices.filter((device) => device.kind === 'audiooutput' && device.deviceId !== '');
  return outputs.length === 0 || outputs.some((device) => device.deviceId === chosen) ? chosen : '';
}
