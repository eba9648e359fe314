import { failureSentence } from '../api/refusals';
import type { DevicePreferences } from '../settings/devicePreferences';
import type { HubLink } from './hub';
import { Microphone, type MicrophoneStatus } from './microphone';
import { microphoneSentence } from './microphoneProblem';

export interface OwnVoiceListener {
  onChange(): void;
  onNotice(text: string): void;
  /** The track to send; null while muted. */
  onTrack(track: MediaStreamTrack | null): void;
}

/** Whether this session is heard: what the user wishes, what the service knows of it, and the microphone in between. */
export class OwnVoice {
  muted = true;
  microphone: MicrophoneStatus = { kind: 'closed' };
  /** Spoke since the last mute, unheard. */
  spokeWhileMuted = false;
  readonly #microphone: Microphone;
  #wishesMuted = true;
  /** The service has this session unmuted, and so does this browser. */
  #isUnmutedThere = false;
  #presses = 0;
  #closed = false;

  constructor(
    private readonly hub: HubLink,
    private readonly sessionId: string,
    preferences: DevicePreferences,
    private readonly listener: OwnVoiceListener,
  ) {
    this.#microphone = new Microphone(preferences, {
      onMicrophoneStatus: (status) => this.#update(() => (this.microphone = status)),
      onMicrophoneTrack: (track) => listener.onTrack(track),
      onMicrophoneLost: (replacement) => this.#microphoneLost(replacement),
      onMicrophoneBack: (label) => listener.onNotice(`${label} is back, and in use again.`),
      onSpokeWhileMuted: () => this.#update(() => (this.spokeWhileMuted = true)),
    });
  }

  /** What the user wants, also while the device or the service takes its time. */
  get wishesMuted(): boolean {
    return this.#wishesMuted;
  }

  /** Where calls start unmuted: speaks as soon as there is a microphone (S28). */
  async startUnmuted(): Promise<void> {
    this.#wishesMuted = false;
    this.#isUnmutedThere = true;
    if (await this.#microphone.open()) {
      this.#speakIfWished();
    } else if (!this.#closed) {
      this.#sayMicrophoneProblem();
      await this.setMuted(true);
    }
  }

  /** Mutes at once, here and at the media server; unmutes when the server agreed. */
  async setMuted(muted: boolean): Promise<void> {
    const { sessionId } = this;
    const press = ++this.#presses;
    this.#wishesMuted = muted;
    if (muted) {
      this.#silence();
      // Told again after a resume if the hub is away: here nothing is sent any more either way.
      await this.hub.invoke('Mute', { sessionId }).catch(() => undefined);
      return;
    }

    if (!(await this.#microphone.open())) {
      this.#giveUpUnmuting(press);
      this.#sayMicrophoneProblem();
      return;
    }

    if (this.#wishesMuted) {
      return; // Muted again while the browser asked for permission: the service never heard of it.
    }

    try {
      await this.hub.invoke('Unmute', { sessionId });
      this.#speakIfWished();
    } catch (failure) {
      this.#giveUpUnmuting(press);
      this.listener.onNotice(failureSentence(failure));
    }
  }

  /** Muted by somebody else: holds at once. */
  obeyMute(): void {
    this.#wishesMuted = true;
    this.#silence();
  }

  /** Brings both sides together once more is known of the other than its events told. */
  async agree(isMutedThere: boolean): Promise<void> {
    if (isMutedThere && this.#isUnmutedThere) {
      this.obeyMute();
      this.listener.onNotice('You were muted while the connection was interrupted.');
    } else if (!isMutedThere && this.#wishesMuted) {
      await this.setMuted(true); // Pressed while the hub was away.
    }
  }

  async choose(preferences: DevicePreferences): Promise<void> {
    if (!(await this.#microphone.choose(preferences)) && !this.#closed) {
      this.#sayMicrophoneProblem();
      if (!this.muted) {
        await this.setMuted(true); // Nobody shall wait for a voice that cannot come.
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#microphone.close();
  }

  #giveUpUnmuting(press: number): void {
    if (press === this.#presses) {
      this.#wishesMuted = true;
    }
  }

  // Muted again while the device or the service took its time: then that counts.
  #speakIfWished(): void {
    if (!this.#wishesMuted) {
      this.#isUnmutedThere = true;
      this.#update(() => {
        this.muted = false;
        this.spokeWhileMuted = false;
      });
      this.#microphone.setMuted(false);
    }
  }

  #silence(): void {
    this.#isUnmutedThere = false;
    this.#update(() => (this.muted = true));
    this.#microphone.setMuted(true);
  }

  #microphoneLost(replacement: string | null): void {
    if (replacement !== null) {
      this.listener.onNotice(`The microphone is gone. Using ${replacement} instead.`);
      return;
    }

    this.listener.onNotice('The microphone is gone, so you are muted.');
    void this.setMuted(true);
  }

  #sayMicrophoneProblem(): void {
    if (this.microphone.kind === 'unavailable') {
      this.listener.onNotice(microphoneSentence(this.microphone.problem));
    }
  }

  #update(change: () => void): void {
    change();
    if (!this.#closed) {
      this.listener.onChange();
    }
  }
}
