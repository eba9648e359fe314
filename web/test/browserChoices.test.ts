import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeVolume, onVolumes, volumeOf } from '../src/call/volumes';
import { callPreferences, changeCallPreferences, onCallPreferences } from '../src/settings/callPreferences';
import { loadDevicePreferences, onDevicesElsewhere } from '../src/settings/devicePreferences';
import { installFakeBrowser } from './fakeRtc';

/** As the browser does it when another tab writes. */
function writtenElsewhere(key: string, value: object): void {
  localStorage.setItem(key, JSON.stringify(value));
  window.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

describe('a choice that was made in another tab', () => {
  beforeEach(installFakeBrowser);
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is not undone by the next one in this tab', () => {
    expect([callPreferences().pushToTalk, volumeOf('bob').level]).toEqual([true, 1]);
    writtenElsewhere('calls.preferences', { pushToTalk: false });
    writtenElsewhere('calls.volumes', { bob: { level: 0.5, isMuted: false } });
    changeCallPreferences({ sounds: false });
    changeVolume('carol', { isMuted: true });
    expect(callPreferences()).toEqual({ pushToTalk: false, sounds: false, tellsMutedVoice: true });
    expect(JSON.parse(localStorage.getItem('calls.volumes') ?? '')).toEqual({
      bob: { level: 0.5, isMuted: false },
      carol: { level: 1, isMuted: true },
    });
  });

  it('is told to those who show it, and to nobody any more once they are gone', () => {
    const [preferences, volumes, devices] = [vi.fn(), vi.fn(), vi.fn()];
    const stops = [onCallPreferences(preferences), onVolumes(volumes), onDevicesElsewhere(devices)];
    writtenElsewhere('calls.devices', { microphoneId: 'headset' });
    expect(loadDevicePreferences()).toMatchObject({ microphoneId: 'headset', noiseSuppression: true });
    writtenElsewhere('calls.preferences', { sounds: false });
    expect([preferences.mock.calls.length, volumes.mock.calls.length, devices.mock.calls.length]).toEqual([1, 0, 1]);
    stops.forEach((stop) => stop());
    writtenElsewhere('calls.preferences', {});
    expect(preferences.mock.calls.length).toBe(1);
  });

  it('is the same object until it changes, so that what shows it settles', () => {
    const before = callPreferences();
    expect(callPreferences()).toBe(before);
    localStorage.setItem('calls.preferences', 'not JSON');
    expect(callPreferences()).toEqual({ pushToTalk: true, sounds: true, tellsMutedVoice: true });
  });
});
