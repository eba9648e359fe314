import { useId } from 'react';

interface DeviceSelectProps {
  label: string;
  testId: string;
  devices: MediaDeviceInfo[];
  /** Empty: the system's choice. */
  chosen: string;
  onChoose: (deviceId: string) => void;
}

export function DeviceSelect({ label, testId, devices, chosen, onChoose }: DeviceSelectProps) {
  const id = useId();
  const isGone = chosen !== '' && devices.length > 0 && !devices.some((device) => device.deviceId === chosen);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={chosen} data-testid={testId} onChange={(event) => onChoose(event.target.value)}>
        <option value="">As the system</option>
        {isGone && <option value={chosen}>The one you chose (not plugged in)</option>}
        {devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === '' ? `${label} ${index + 1}` : device.label}
          </option>
        ))}
      </select>
    </div>
  );
}
