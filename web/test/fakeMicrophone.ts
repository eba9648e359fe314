import { vi } from 'vitest';

/** As much of a microphone's track as the client uses. */
export class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  readonly clones: FakeTrack[] = [];
  // The page's own doing is no news to the page, as in browsers.
  readonly stop = vi.fn(() => void (this.readyState = 'ended'));

  constructor(readonly label: string) {
    super();
  }

  clone(): FakeTrack {
    const clone = new FakeTrack(this.label);
    this.clones.push(clone);
    return clone;
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.label };
  }

  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** What browsers have to measure sound, which is silence here. */
export function installFakeAudio(): void {
  class FakeContext {
    createMediaStreamSource = () => ({ connect: () => undefined });
    close = () => Promise.resolve();
  }
  class FakeAnalyser {
    getFloatTimeDomainData = () => undefined;
  }
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('AnalyserNode', FakeAnalyser);
  vi.stubGlobal('MediaStream', class {});
}

/** As in a browser that has no more room for sound. */
export function breakFakeAudio(): void {
  vi.stubGlobal(
    'AudioContext',
    class {
      constructor() {
        throw new Error('NotSupportedError');
      }
    },
  );
}

/** The microphone that the browser gives whenever it is asked for one. */
export function installFakeMicrophone(present: () => FakeTrack): void {
  installFakeAudio();
  vi.stubGlobal('navigator', {
    userAgent: 'test',
    mediaDevices: Object.assign(new EventTarget(), {
      getUserMedia: vi.fn(() => Promise.resolve({ getAudioTracks: () => [present()] })),
    }),
  });
}
