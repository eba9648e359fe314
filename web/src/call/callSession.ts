import { askToUnmute } from '../api/hosts';
import type { CallSnapshot, MediaGrant } from '../protocol/answers';
import type { CallEvent, SessionEnded } from '../protocol/events';
import type { DevicePreferences } from '../settings/devicePreferences';
import { callReducer, isOutOfStep } from './callReducer';
import { type CallAction, type CallState, enterCall, mySession } from './callState';
import { callEndedSentence, sessionEndedSentence } from './endings';
import { eventNotice } from './eventNotices';
import { type CallSound, eventSound } from './eventSounds';
import type { HubLink } from './hub';
import { MediaLink, type MediaFailure, type MediaStatus } from './mediaLink';
import { Microphone, type MicrophoneStatus } from './microphone';
import { microphoneSentence } from './microphoneProblem';
import type { VoiceTrack } from './peer';
import { failureSentence, RefusedError } from '../api/refusals';
import { ReactionStream } from '../reactions/reactionStream';
import { SessionCommands } from './sessionCommands';
import { forgetSession, keepSession } from './sessionMemory';

export interface CallSessionListener {
  onChange(): void;
  onNotice(text: string): void;
  onSound(sound: CallSound): void;
  onMediaFailure(failure: MediaFailure): void;
  /** A host or an admin ended it. */
  onRemoved(by: string): void;
  /** The session is over; the sentence says why, null when the user wished it. */
  onEnded(sentence: string | null): void;
}

export interface SessionStart {
  sessionId: string;
  resumeToken: string;
  call: CallSnapshot;
  media: MediaGrant;
  muted: boolean;
  traceparent: string;
}

// How long to wait before asking again what the service could not answer just now.
const retryMs = 1_000;

/** This browser's presence in one call: roster, media, microphone, and staying in it. */
export class CallSession {
  state: CallState;
  media: MediaStatus = 'connecting';
  microphone: MicrophoneStatus = { kind: 'closed' };
  muted = true;
  voices: readonly VoiceTrack[] = [];
  isBack = true;
  /** Spoke since the last mute, unheard. */
  spokeWhileMuted = false;
  readonly commands: SessionCommands;
  readonly reactions = new ReactionStream(() => this.listener.onChange());
  readonly #link: MediaLink;
  readonly #microphone: Microphone;
  #resumeToken: string;
  #wishesMuted = true;
  #syncing = false;
  #over = false;

  constructor(
    private readonly hub: HubLink,
    start: SessionStart,
    preferences: DevicePreferences,
    private readonly nameOf: (userId: string) => string,
    private readonly listener: CallSessionListener,
  ) {
    const sessionId = start.sessionId;
    this.state = enterCall(sessionId, start.call);
    this.#resumeToken = start.resumeToken;
    this.#keep();
    this.commands = new SessionCommands(hub, sessionId, (text) => listener.onNotice(text));
    this.#link = new MediaLink(
      start.media,
      (offer) => hub.invoke('Offer', { ...offer, sessionId, traceparent: start.traceparent }),
      {
        onMediaStatus: (status) => this.#update(() => (this.media = status)),
        onVoices: (voices) => this.#update(() => (this.voices = voices)),
        onMediaFailure: (failure) => listener.onMediaFailure(failure),
      },
    );
    this.#microphone = new Microphone(preferences, {
      onMicrophoneStatus: (status) => this.#update(() => (this.microphone = status)),
      onMicrophoneTrack: (track) => void this.#link.setMicrophone(track),
      onMicrophoneLost: (replacement) => this.#microphoneLost(replacement),
      onMicrophoneBack: (label) => listener.onNotice(`${label} is back, and in use again.`),
      onSpokeWhileMuted: () => this.#update(() => (this.spokeWhileMuted = true)),
    });
    this.#link.open(start.media);
    if (!start.muted) {
      void this.#startUnmuted();
    }
  }

  stats(): Promise<RTCStatsReport | null> {
    return this.#link.peer?.stats() ?? Promise.resolve(null);
  }

  /** Mutes at once, here and at the media server; unmutes when the server agreed. */
  async setMuted(muted: boolean): Promise<void> {
    const sessionId = this.state.sessionId;
    this.#wishesMuted = muted;
    if (muted) {
      this.#silence();
      // Told again after a resume if the hub is away: here nothing is sent any more either way.
      await this.hub.invoke('Mute', { sessionId }).catch(() => undefined);
      return;
    }

    if (!(await this.#microphone.open())) {
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
      this.listener.onNotice(failureSentence(failure));
    }
  }

  /** The answer to somebody who asked this session to unmute (S42). */
  async answerUnmute(unmutes: boolean): Promise<void> {
    this.#dispatch({ type: 'unmute_answered' });
    await (unmutes ? this.setMuted(false) : this.commands.stayMuted());
  }

  async askToUnmute(sessionId: string): Promise<void> {
    // Noted before the service answers: the one who is asked may be faster.
    this.#dispatch({ type: 'asked', sessionId, isAsked: true });
    try {
      await askToUnmute(this.state.call.id, sessionId);
    } catch (failure) {
      this.#dispatch({ type: 'asked', sessionId, isAsked: false });
      throw failure;
    }
  }

  async choose(preferences: DevicePreferences): Promise<void> {
    await this.#microphone.choose(preferences);
  }

  async leave(): Promise<void> {
    if (this.#over) {
      return;
    }

    this.#conclude(null);
    // If this does not get through, the grace period ends the session. Media goes after it, or the others would first
    // be told of a lost connection.
    await this.hub.invoke('Leave', { sessionId: this.state.sessionId }).catch(() => undefined);
    this.#link.close();
  }

  /** The page goes on without the call, for instance after signing out. */
  abandon(): void {
    this.#end(null);
  }

  hubLost(): void {
    this.#update(() => (this.isBack = false));
  }

  /** The hub is connected again: takes the session over to this connection and learns what was missed. */
  async resume(): Promise<void> {
    const { sessionId } = this.state;
    try {
      const resumed = await this.hub.invoke('Resume', {
        sessionId,
        resumeToken: this.#resumeToken,
        lastSeq: this.state.call.seq,
      });
      this.#resumeToken = resumed.resumeToken;
      this.#update(() => (this.isBack = true));
      if (resumed.call !== null) {
        this.#dispatch({ type: 'snapshot', call: resumed.call });
      }

      resumed.events?.forEach((event) => this.receive(event));
      this.#keep();
      this.#link.resume(resumed.media);
      await this.#agreeOnMuted();
    } catch (failure) {
      this.#resumeRefused(failure);
    }
  }

  receive(event: CallEvent): void {
    if (this.#over) {
      return;
    }

    const before = this.state;
    this.#dispatch({ type: 'event', event });
    if (this.state !== before || event.seq == null) {
      this.#tell(event, before); // Not what was told before, nor yet what has to wait for its predecessors.
    }

    switch (event.type) {
      case 'reacted':
        this.reactions.add(event.data);
        break;
      case 'muted':
        // News of one's own press may come after the next press; by somebody else it holds at once.
        if (event.data.sessionId === this.state.sessionId && event.data.by !== null) {
          this.#wishesMuted = true;
          this.#silence();
        }

        break;
      case 'media_moved':
        this.#link.open(event.data);
        break;
      case 'session_ended':
        if (event.data.sessionId === this.state.sessionId) {
          void this.#sessionEnded(event.data);
        }

        break;
      case 'call_ended':
        this.#end(callEndedSentence(event.data.reason, event.data.by === null ? null : this.nameOf(event.data.by)));
        break;
      default:
        break; // The roster took it.
    }
  }

  #tell(event: CallEvent, before: CallState): void {
    const notice = eventNotice(event, before, this.nameOf);
    const sound = eventSound(event, before);
    if (notice !== null) {
      this.listener.onNotice(notice);
    }

    if (sound !== null) {
      this.listener.onSound(sound);
    }
  }

  async #startUnmuted(): Promise<void> {
    this.#wishesMuted = false;
    if (await this.#microphone.open()) {
      this.#speakIfWished();
      return;
    }

    this.#sayMicrophoneProblem();
    await this.setMuted(true);
  }

  // Muted again while the device or the service took its time: then that counts.
  #speakIfWished(): void {
    if (!this.#wishesMuted) {
      this.#update(() => {
        this.muted = false;
        this.spokeWhileMuted = false;
      });
      this.#microphone.setMuted(false);
    }
  }

  #silence(): void {
    this.#update(() => (this.muted = true));
    this.#microphone.setMuted(true);
  }

  async #sessionEnded({ reason, by }: SessionEnded): Promise<void> {
    if (reason === 'media_timeout') {
      await this.#link.explainFailure(); // While there is still a connection to ask what it tried.
    }

    const isRemoved = reason === 'removed' && by !== null;
    if (isRemoved) {
      this.listener.onRemoved(by);
    }

    this.#end(isRemoved ? null : sessionEndedSentence(reason, null));
  }

  // A mute that was pressed while the hub was away is told now.
  async #agreeOnMuted(): Promise<void> {
    if (this.muted && mySession(this.state)?.muted === false) {
      await this.setMuted(true);
    }
  }

  #resumeRefused(failure: unknown): void {
    if (!(failure instanceof RefusedError)) {
      return; // The connection went again; the next one resumes.
    }

    switch (failure.code) {
      case 'unavailable':
      case 'rate_limited':
        window.setTimeout(() => void this.#resumeAgain(), failure.retryAfterMs ?? retryMs);
        break;
      default:
        this.#end(failureSentence(failure));
        break;
    }
  }

  async #resumeAgain(): Promise<void> {
    if (!this.#over && !this.isBack) {
      await this.resume();
    }
  }

  #dispatch(action: CallAction): void {
    const before = this.state;
    this.state = callReducer(before, action);
    if (this.state === before) {
      return;
    }

    if (this.state.call.seq !== before.call.seq) {
      this.#keep();
    }

    if (isOutOfStep(this.state)) {
      void this.#sync();
    }

    this.listener.onChange();
  }

  async #sync(): Promise<void> {
    if (this.#syncing) {
      return;
    }

    this.#syncing = true;
    const answer = await this.hub.invoke('Sync', { callId: this.state.call.id }).catch(() => null);
    this.#syncing = false;
    if (answer !== null && !this.#over) {
      this.#dispatch({ type: 'snapshot', call: answer.call });
    }
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

  #keep(): void {
    const { sessionId, call } = this.state;
    keepSession({ sessionId, resumeToken: this.#resumeToken, callId: call.id, channelId: call.channelId, seq: call.seq });
  }

  #end(sentence: string | null): void {
    if (!this.#over) {
      this.#conclude(sentence);
      this.#link.close();
    }
  }

  #conclude(sentence: string | null): void {
    this.#over = true;
    forgetSession();
    this.#microphone.close();
    this.reactions.stop();
    this.listener.onEnded(sentence);
  }

  #update(change: () => void): void {
    change();
    if (!this.#over) {
      this.listener.onChange();
    }
  }
}
