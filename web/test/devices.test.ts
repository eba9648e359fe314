import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Microphone, type MicrophoneListener } from '../src/call/microphone';
import { changeVolume, volumeOf } from '../src/call/volumes';
import { insideWindow, movedBy } from '../src/call/widgetPlace';
import { keepPlace, keptPlace } from '../src/call/widgetPlaceMemory';
import { changeCallPreferences } from '../src/settings/callPreferences';
import { defaultDevicePreferences } from '../src/settings/devicePreferences';
import { openLoudnessMeter } from '../src/settings/loudnessMeter';
import { speakerInUse } from '../src/settings/speakerInUse';
import { menuPlace } from '../src/ui/menuPlace';
import { breakFakeAudio, FakeTrack, installFakeAudio } from './fakeMicrophone';
import { installFakeBrowser, settle } from './fakeRtc';

/** The devices of a computer, which come and go. */
class FakeDevices extends EventTarget {
  plugged = ['headset', 'built-in'];
  opened: FakeTrack[] = [];
  busy: string[] = [];
  /** How long opening one takes. */
  opening: Promise<void> = Promise.resolve();

  async getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }): Promise<unknown> {
    await this.opening;
    const wanted = audio.deviceId?.exact;
    if (wanted !== undefined && !this.plugged.includes(wanted)) {
      return Promise.reject(Object.assign(new Error('not that one'), { name: 'OverconstrainedError' }));
    }

    const deviceId = wanted ?? this.plugged[0];
    if (deviceId === undefined) {
      return Promise.reject(Object.assign(new Error('none'), { name: 'NotFoundError' }));
    }

    if (this.busy.includes(deviceId)) {
      return Promise.reject(Object.assign(new Error('busy'), { name: 'NotReadableError' }));
    }

    const track = new FakeTrack(deviceId);
    this.opened.push(track);
    return Promise.resolve({ getAudioTracks: () => [track] });
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve(this.plugged.map((deviceId) => ({ kind: 'audioinput', deviceId, label: deviceId })));
  }

  unplug(...names: string[]): void {
    this.plugged = this.plugged.filter((name) => !names.includes(name));
    this.opened.filter((track) => names.includes(track.label)).forEach((track) => track.unplug());
    this.dispatchEvent(new Event('devicechange'));
  }

  plug(name: string): void {
    this.plugged.push(name);
    this.dispatchEvent(new Event('devicechange'));
  }
}

describe('a chosen microphone (S79 S80)', () => {
  let devices: FakeDevices;
  let said: string[];
  let sent: FakeTrack | null;
  let microphone: Microphone;

  beforeEach(async () => {
    installFakeBrowser();
    installFakeAudio();
    devices = new FakeDevices();
    vi.stubGlobal('navigator', { userAgent: 'test', mediaDevices: devices });
    said = [];
    sent = null;
    const listener: MicrophoneListener = {
      onMicrophoneStatus: () => undefined,
      onMicrophoneTrack: (track) => (sent = track as unknown as FakeTrack | null),
      onMicrophoneLost: (replacement) => said.push(`lost, ${replacement}`),
      onMicrophoneBack: (label) => said.push(`back, ${label}`),
      onSpokeWhileMuted: () => undefined,
    };
    microphone = new Microphone({ ...defaultDevicePreferences, microphoneId: 'headset' }, listener);
    await microphone.open();
    microphone.setMuted(false);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is the one that is opened, whichever the system prefers', async () => {
    await microphone.choose({ ...defaultDevicePreferences, microphoneId: 'built-in' });
    expect([sent?.label, devices.opened.length]).toEqual(['built-in', 2]);
  });

  it('stays open when only the speaker changes', async () => {
    await microphone.choose({ ...defaultDevicePreferences, microphoneId: 'headset', speakerId: 'desk' });
    expect([sent?.readyState, devices.opened.length]).toEqual(['live', 1]);
  });

  it('is the last one that was chosen, though the one before took its time to open', async () => {
    devices.plugged.push('webcam');
    let open = () => {};
    devices.opening = new Promise((resolve) => (open = resolve));
    const first = microphone.choose({ ...defaultDevicePreferences, microphoneId: 'built-in' });
    const second = microphone.choose({ ...defaultDevicePreferences, microphoneId: 'webcam' });
    open();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(devices.opened.map((track) => [track.label, track.readyState])).toEqual([
      ['headset', 'ended'],
      ['built-in', 'ended'],
      ['webcam', 'live'],
    ]);
    expect(sent?.label).toBe('webcam');
  });

  it('that another program has is said to be no use, and is waited for', async () => {
    devices.busy = ['built-in'];
    expect(await microphone.choose({ ...defaultDevicePreferences, microphoneId: 'built-in' })).toBe(false);
    expect(sent).toBeNull();
    devices.busy = [];
    devices.dispatchEvent(new Event('devicechange'));
    await settle();
    expect([sent?.label, said]).toEqual(['built-in', ['back, built-in']]);
  });

  it('that is back but not to be had leaves nobody unmuted who cannot be heard', async () => {
    devices.unplug('headset');
    await settle();
    devices.busy = ['headset'];
    devices.plug('headset');
    await settle();
    expect([sent, said.at(-1)]).toEqual([null, 'lost, null']);
  });

  it('is waited for no more once another one is open', async () => {
    devices.unplug('headset', 'built-in');
    await settle();
    await microphone.choose({ ...defaultDevicePreferences, microphoneId: 'webcam' });
    devices.plugged.push('webcam');
    await microphone.open();
    devices.plug('headset');
    await settle();
    expect([sent?.label, devices.opened.filter((track) => track.label === 'webcam').length]).toEqual(['webcam', 1]);
  });

  it('that is unplugged is replaced, and is used again when it is back', async () => {
    expect(sent?.label).toBe('headset');
    devices.unplug('headset');
    await settle();
    expect([sent?.label, said]).toEqual(['built-in', ['lost, built-in']]);
    devices.plug('headset');
    await settle();
    expect([sent?.label, said.at(-1)]).toEqual(['headset', 'back, headset']);
    expect(devices.opened[1]?.stop).toHaveBeenCalled();
  });

  it('is not waited for with another device, and only once', async () => {
    devices.unplug('headset');
    await settle();
    devices.plug('webcam');
    await settle();
    expect([sent?.label, said.length, devices.opened.length]).toEqual(['built-in', 1, 2]);
    devices.plug('headset');
    devices.dispatchEvent(new Event('devicechange'));
    await settle();
    expect(devices.opened.length).toBe(3);
  });

  it('that was the only one is used again when it is back', async () => {
    devices.unplug('headset', 'built-in');
    await settle();
    expect([sent, said]).toEqual([null, ['lost, null']]);
    devices.plug('headset');
    await settle();
    expect([sent?.label, said.at(-1)]).toEqual(['headset', 'back, headset']);
  });

  it('is left alone after the call, and after another choice', async () => {
    devices.unplug('headset');
    await settle();
    await microphone.choose({ ...defaultDevicePreferences, microphoneId: 'built-in' });
    devices.plug('headset');
    await settle();
    expect(sent?.label).toBe('built-in');
    devices.unplug('built-in');
    await settle();
    microphone.close();
    devices.plug('built-in');
    await settle();
    expect([sent, said.filter((word) => word.startsWith('back'))]).toEqual([null, []]);
  });
});

describe('listening to who is muted', () => {
  const listener: MicrophoneListener = {
    onMicrophoneStatus: () => undefined,
    onMicrophoneTrack: () => undefined,
    onMicrophoneLost: () => undefined,
    onMicrophoneBack: () => undefined,
    onSpokeWhileMuted: () => undefined,
  };
  let devices: FakeDevices;
  let microphone: Microphone;
  const ears = () => devices.opened[0]?.clones.map((ear) => ear.readyState);

  beforeEach(async () => {
    installFakeBrowser();
    installFakeAudio();
    devices = new FakeDevices();
    vi.stubGlobal('navigator', { userAgent: 'test', mediaDevices: devices });
    microphone = new Microphone(defaultDevicePreferences, listener);
    await microphone.open();
  });

  afterEach(() => {
    changeCallPreferences({ tellsMutedVoice: true, sounds: true });
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('ends the moment it is switched off, and begins again when it is switched on', () => {
    expect(ears()).toEqual(['live']);
    changeCallPreferences({ tellsMutedVoice: false });
    expect(ears()).toEqual(['ended']);
    changeCallPreferences({ sounds: false });
    expect(ears()).toEqual(['ended']);
    changeCallPreferences({ tellsMutedVoice: true });
    expect(ears()).toEqual(['ended', 'live']);
    microphone.close();
    expect(ears()).toEqual(['ended', 'ended']);
    changeCallPreferences({ tellsMutedVoice: false });
    changeCallPreferences({ tellsMutedVoice: true });
    expect(ears()).toEqual(['ended', 'ended']);
  });

  it('where the browser cannot leaves the mute as it is and no device open', () => {
    microphone.setMuted(false);
    breakFakeAudio();
    microphone.setMuted(true);
    expect([devices.opened[0]?.enabled, ears()]).toEqual([false, ['ended', 'ended']]);
  });
});

describe('a meter of loudness', () => {
  it('that cannot be made lets go of its microphone', () => {
    breakFakeAudio();
    const track = new FakeTrack('headset');
    expect(() => openLoudnessMeter([track as unknown as MediaStreamTrack])).toThrow();
    expect(track.readyState).toBe('ended');
    vi.unstubAllGlobals();
  });
});

describe('a chosen speaker (S79 S80)', () => {
  const outputs = ['desk', 'headset'].map((deviceId) => ({ kind: 'audiooutput' as const, deviceId, label: deviceId }));

  it('gives way to the system\'s while it is not plugged in', () => {
    expect([speakerInUse('headset', outputs), speakerInUse('headset', outputs.slice(0, 1))]).toEqual(['headset', '']);
  });

  it('stands where the browser names no devices', () => {
    expect(speakerInUse('headset', [{ kind: 'audiooutput', deviceId: '', label: '' }])).toBe('headset');
  });
});

describe('the place of the widget (S29)', () => {
  const widget = { width: 256, height: 130 };

  it('is inside the window, whatever was asked for and however small the window is', () => {
    const window = { width: 1280, height: 800 };
    expect(insideWindow({ x: 300, y: 200 }, widget, window)).toEqual({ x: 300, y: 200 });
    expect(insideWindow({ x: -50, y: 5_000 }, widget, window)).toEqual({ x: 8, y: 662 });
    expect(insideWindow({ x: 300, y: 200 }, widget, { width: 200, height: 100 })).toEqual({ x: 8, y: 8 });
  });

  it('is moved by arrow keys, further with Shift', () => {
    const from = { x: 100, y: 100 };
    expect([movedBy('ArrowLeft', false, from), movedBy('ArrowDown', true, from), movedBy('a', false, from)]).toEqual([
      { x: 84, y: 100 },
      { x: 100, y: 164 },
      null,
    ]);
  });

  it('is remembered until it is put back', () => {
    installFakeBrowser();
    expect(keptPlace()).toBeNull();
    keepPlace({ x: 300, y: 200 });
    expect(keptPlace()).toEqual({ x: 300, y: 200 });
    keepPlace(null);
    expect(keptPlace()).toBeNull();
    localStorage.setItem('calls.widgetPlace', '{"x":"left"}');
    expect(keptPlace()).toBeNull();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
});

describe('a menu', () => {
  const size = { width: 220, height: 160 };
  const window = { width: 1280, height: 800 };
  const button = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 40 });

  it('opens below its button, above it where there is no room, and never leaves the window', () => {
    expect(menuPlace(button(100, 100), size, window)).toEqual({ left: 100, top: 146 });
    expect(menuPlace(button(1_200, 740), size, window)).toEqual({ left: 1_020, top: 574 });
    expect(menuPlace(button(2, 60), size, { width: 390, height: 200 })).toEqual({ left: 8, top: 8 });
  });
});

describe('how loud somebody is', () => {
  it('is for one user, and remembered while it differs from the ordinary', () => {
    installFakeBrowser();
    changeVolume('bob', { level: 0.4 });
    changeVolume('bob', { isMuted: true });
    expect([volumeOf('bob'), volumeOf('carol'), volumeOf(null)]).toEqual([
      { level: 0.4, isMuted: true },
      { level: 1, isMuted: false },
      { level: 1, isMuted: false },
    ]);
    expect(JSON.parse(localStorage.getItem('calls.volumes') ?? '')).toEqual({ bob: { level: 0.4, isMuted: true } });
    changeVolume('bob', { level: 1, isMuted: false });
    expect(localStorage.getItem('calls.volumes')).toBe('{}');
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
});
