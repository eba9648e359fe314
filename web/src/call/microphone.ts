import { callPreferences } from '../settings/callPreferences';
import type { DevicePreferences } from '../settings/devicePreferences';
import { openMicrophone } from '../settings/openMicrophone';
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
  #closed = false;
  #opening: Promise<boolean> | null = null;
  #stopWaiting: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(
    private preferences: DevicePreferences,
    private readonly listener: MicrophoneListener,
  ) {}

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
    this.#stopListening();
    if (this.#track !== null) {
      this.#track.enabled = !muted;
      if (muted && callPreferences().tellsMutedVoice) {
        this.#stopListening = listenWhileMuted(this.#track, () => this.listener.onSpokeWhileMuted());
      }
    }

    this.listener.onMicrophoneTrack(muted ? null : this.#track);
  }

  /** Switches live to what the user chose. */
  async choose(preferences: DevicePreferences): Promise<void> {
    this.preferences = preferences;
    if (this.#track !== null) {
      this.#release();
      await this.open();
    }
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  async #ask(): Promise<boolean> {
    this.listener.onMicrophoneStatus({ kind: 'opening' });
    try {
      // Absent on insecure pages, whatever the type says.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) {
        throw new Error('No media devices on this page.');
      }

      const stream = await openMicrophone(devices, this.preferences);
      this.#adopt(stream.getAudioTracks()[0] ?? null);
      return this.#track !== null;
    } catch (failure) {
      this.listener.onMicrophoneStatus({
        kind: 'unavailable',
        problem: microphoneProblem(failure, window.isSecureContext),
      });
      return false;
    }
  }

  #adopt(track: MediaStreamTrack | null): void {
    if (this.#closed || track === null) {
      track?.stop();
      return;
    }

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
      const isReplaced = await this.open();
      if (!isReplaced) {
        this.#waitFor(this.preferences.microphoneId);
      }

      this.listener.onMicrophoneLost(isReplaced ? (this.#track as MediaStreamTrack | null)?.label ?? null : null);
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
