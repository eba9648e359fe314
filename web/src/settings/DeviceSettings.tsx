import { microphoneSentence } from '../call/microphoneProblem';
import { useCall } from '../call/useCall';
import { Dialog } from '../ui/Dialog';
import { useWorkspace } from '../workspace/workspaceContext';
import { DeviceSelect } from './DeviceSelect';
import { type DevicePreferences, loadDevicePreferences } from './devicePreferences';
import { LevelMeter } from './LevelMeter';
import { useCallPreferences } from './useCallPreferences';
import { useDevices } from './useDevices';
import { useMicrophoneLevel } from './useMicrophoneLevel';

type Switch = 'echoCancellation' | 'noiseSuppression' | 'autoGainControl';

const switches: { name: Switch; text: string }[] = [
  { name: 'echoCancellation', text: 'Cancel echo' },
  { name: 'noiseSuppression', text: 'Suppress noise' },
  { name: 'autoGainControl', text: 'Adjust the volume automatically' },
];

/** Which microphone and speaker to use; remembered by this browser and switched during the call. */
export function DeviceSettings({ onClose }: { onClose: () => void }) {
  const { engine } = useWorkspace();
  const { devices: preferences } = useCall();
  const [{ pushToTalk, sounds, tellsMutedVoice }, changeCall] = useCallPreferences();
  const level = useMicrophoneLevel(preferences);
  const { microphones, speakers } = useDevices(level.isOpen);
  const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
  const change = (difference: Partial<DevicePreferences>) => void engine.chooseDevices({ ...loadDevicePreferences(), ...difference });

  return (
    <Dialog title="Devices" testId="device-settings" onClose={onClose}>
      <DeviceSelect
        label="Microphone"
        testId="microphone-select"
        devices={microphones}
        chosen={preferences.microphoneId}
        onChoose={(microphoneId) => change({ microphoneId })}
      />
      {level.problem === null ? (
        <LevelMeter level={level.level} />
      ) : (
        <p className="error">{microphoneSentence(level.problem)}</p>
      )}
      {canChooseSpeaker ? (
        <DeviceSelect
          label="Speaker"
          testId="speaker-select"
          devices={speakers}
          chosen={preferences.speakerId}
          onChoose={(speakerId) => change({ speakerId })}
        />
      ) : (
        <p className="hint">This browser plays through the speaker that the system chose.</p>
      )}
      <fieldset className="switches">
        <legend className="field-label">Voice</legend>
        {switches.map(({ name, text }) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={preferences[name]}
              data-testid={`switch-${name}`}
              onChange={(event) => change({ [name]: event.target.checked })}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <label className="check">
        <input
          type="checkbox"
          checked={pushToTalk}
          data-testid="switch-pushToTalk"
          onChange={(event) => changeCall({ pushToTalk: event.target.checked })}
        />
        Hold the space bar to talk while muted
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={sounds}
          data-testid="switch-sounds"
          onChange={(event) => changeCall({ sounds: event.target.checked })}
        />
        Short sounds when people come and go
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={tellsMutedVoice}
          data-testid="switch-tellsMutedVoice"
          onChange={(event) => changeCall({ tellsMutedVoice: event.target.checked })}
        />
        Tell me when I speak while muted
      </label>
    </Dialog>
  );
}
