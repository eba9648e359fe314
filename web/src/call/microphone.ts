import { callPreferences, onCallPreferences } from '../settings/callPreferences';
import type { DevicePreferences } from '../settings/devicePreferences';
import { openMicrophone } from '../settings/openMicrophone';
import { isSameMicrophone } from '../settings/sameMicrophone';
import { type MicrophoneProblem, microphoneProblem } from './microphoneProblem';
import { listenWhileMuted } from './mutedVoice';
import { whenMicrophoneBack } from './whenMicrophoneBack';

export type MicrophoneStatus =
  | { kind: 'closed' }
  | { kind: 'opening' }
  | { kind: 'open'; label: string }
  | { kind: 'unavailable'; problem: MicrophoneProblem };

export interface MicrophoneListener {
  onMicrophoneStatus(status: MicrophoneStatus): void;
  /** The track to send; null while muted, so that nothing at all leaves this browser. */
  onMicrophoneTrack(track: MediaStreamTrack | null): void;
  /** The device in use is gone; another one took its place, or none did. */
  onMicrophoneLost(replacement: string | null): void;
  /** The device that was gone is in use again. */
  onMicrophoneBack(label: string): void;
  /** Somebody speaks who is muted, and may not know. */
  onSpokeWhileMuted(): void;
}

/**
 * The microphone of one session. It is asked for at the first unmute, not before. Muted means both: the sender has no
 * track, and the track is disabled; so unmuting is instant. Browsers turn the device's light off then, unless the user wants
 * to be told when they speak while muted: for that, this browser goes on listening.
 */
export class Microphone {
  #track: MediaStreamTrack | null = null;
  #muted = true;
  #tells = false;
  #closed = false;
  #opening: Promise<boolean> | null = null;
  #stopWaiting: () => void = () => undefined;
  #stopListening: () => void = () => undefined;
  readonly #stopReading: () => void;

  constructor(
    private preferences: DevicePreferences,
    private readonly listener: MicrophoneListener,
  ) {
    this.#stopReading = onCallPreferences(() => {
      if (callPreferences().tellsMutedVoice !== this.#tells) {
        this.#listenIfMuted();
      }
    });
  }

  /** Opens the device if it is not open yet; false when there is none to be had. */
  open(): Promise<boolean> {
    if (this.#track?.readyState === 'live') {
      return Promise.resolve(true);
    }

    // Pressing twice while the browser asks for permission opens one device.
    this.#opening ??= this.#ask().finally(() => (this.#opening = null));
    return this.#opening;
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#track !== null) {
      this.#track.enabled = !muted;
    }

    this.#listenIfMuted();
    this.listener.onMicrophoneTrack(muted ? null : this.#track);
  }

  /** Switches live to what the user chose; false when there is no device in use any more. */
  async choose(preferences: DevicePreferences): Promise<boolean> {
    const isSame = isSameMicrophone(this.preferences, preferences);
    this.preferences = preferences;
    if (isSame || this.#track === null) {
      return true; // One that is being opened this moment becomes the chosen one.
    }

    this.#release();
    const isOpen = await this.open();
    if (!isOpen) {
      this.#waitFor(this.preferences.microphoneId);
    }

    return isOpen;
  }

  close(): void {
    this.#closed = true;
    this.#stopReading();
    this.#release();
  }

  #listenIfMuted(): void {
    this.#stopListening();
    this.#stopListening = () => undefined;
    this.#tells = callPreferences().tellsMutedVoice;
    if (this.#track !== null && this.#muted && this.#tells) {
      this.#stopListening = listenWhileMuted(this.#track, () => this.listener.onSpokeWhileMuted());
    }
  }

  async #ask(): Promise<boolean> {
    this.listener.onMicrophoneStatus({ kind: 'opening' });
    for (;;) {
      const wanted = this.preferences;
      const { track, problem } = await openTrack(wanted);
      if (!this.#closed && !isSameMicrophone(wanted, this.preferences)) {
        track?.stop(); // Chosen anew meanwhile.
        continue;
      }

      if (track === null) {
        this.listener.onMicrophoneStatus({ kind: 'unavailable', problem });
        return false;
      }

      this.#adopt(track);
      return !this.#closed;
    }
  }

  #adopt(track: MediaStreamTrack): void {
    if (this.#closed) {
      track.stop();
      return;
    }

    this.#stopWaiting();
    this.#track = track;
    const { microphoneId } = this.preferences;
    if (microphoneId !== '' && track.getSettings().deviceId !== microphoneId) {
      this.#waitFor(microphoneId);
    }

    track.addEventListener('ended', () => void this.#lost(track));
    this.listener.onMicrophoneStatus({ kind: 'open', label: track.label });
    this.setMuted(this.#muted);
  }

  async #lost(track: MediaStreamTrack): Promise<void> {
    if (track === this.#track) {
      this.#release();
      if (await this.open()) {
        this.listener.onMicrophoneLost((this.#track as MediaStreamTrack | null)?.label ?? null);
      } else {
        this.#gone();
      }
    }
  }

  #gone(): void {
    if (!this.#closed) {
      this.#waitFor(this.preferences.microphoneId);
      this.listener.onMicrophoneLost(null);
    }
  }

  #waitFor(microphoneId: string): void {
    this.#stopWaiting();
    if (!this.#closed) {
      this.#stopWaiting = whenMicrophoneBack(microphoneId, () => void this.#back());
    }
  }

  async #back(): Promise<void> {
    this.#release();
    if (await this.open()) {
      this.listener.onMicrophoneBack((this.#track as MediaStreamTrack | null)?.label ?? '');
    } else {
      this.#gone(); // It is there, but not to be had; and what stood in for it was let go.
    }
  }

  #release(): void {
    this.#stopWaiting();
    this.#stopListening();
    this.#track?.stop();
    this.#track = null;
    this.listener.onMicrophoneTrack(null);
  }
}

async function openTrack(
  wanted: DevicePreferences,
): Promise<{ track: MediaStreamTrack; problem: null } | { track: null; problem: MicrophoneProblem }> {
  try {
    // Absent on insecure pages, whatever the type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const track = devices === undefined ? undefined : (await openMicrophone(devices, wanted)).getAudioTracks()[0];
    if (track === undefined) {
      throw new Error('No microphone on this page.');
    }

    return { track, problem: null };
  } catch (failure) {
    return { track: null, problem: microphoneProblem(failure, window.isSecureContext) };
  }
}
