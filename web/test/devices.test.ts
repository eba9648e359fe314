import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Microphone, type MicrophoneListener } from '../src/call/microphone';
import { changeVolume, volumeOf } from '../src/call/volumes';
import { insideWindow, movedBy } from '../src/call/widgetPlace';
import { keepPlace, keptPlace } from '../src/call/widgetPlaceMemory';
import { defaultDevicePreferences } from '../src/settings/devicePreferences';
import { speakerInUse } from '../src/settings/speakerInUse';
import { menuPlace } from '../src/ui/menuPlace';
import { installFakeBrowser, settle } from './fakeRtc';

type FakeTrack = EventTarget & { stop: () => void; enabled: boolean; readyState: string; label: string; getSettings: () => { deviceId: string } };

/** The devices of a computer, which come and go. */
class FakeDevices extends EventTarget {
  plugged = ['headset', 'built-in'];
  opened: FakeTrack[] = [];

  getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }): Promise<unknown> {
    const wanted = audio.deviceId?.exact;
    if (wanted !== undefined && !this.plugged.includes(wanted)) {
      return Promise.reject(Object.assign(new Error('not that one'), { name: 'OverconstrainedError' }));
    }

    const deviceId = wanted ?? this.plugged[0];
    if (deviceId === undefined) {
      return Promise.reject(Object.assign(new Error('none'), { name: 'NotFoundError' }));
    }

    const track: FakeTrack = Object.assign(new EventTarget(), {
      stop: vi.fn(),
      enabled: true,
      readyState: 'live',
      label: deviceId,
      getSettings: () => ({ deviceId }),
    });
    this.opened.push(track);
    return Promise.resolve({ getAudioTracks: () => [track] });
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve(this.plugged.map((deviceId) => ({ kind: 'audioinput', deviceId, label: deviceId })));
  }

  unplug(...names: string[]): void {
    this.plugged = this.plugged.filter((name) => !names.includes(name));
    this.opened.filter((track) => names.includes(track.label)).forEach((track) => track.dispatchEvent(new Event('ended')));
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
