import { askToUnmute } from '../api/hosts';
import type { CallSnapshot, MediaGrant } from '../protocol/answers';
import type { CallEvent, SessionEnded } from '../protocol/events';
import type { DevicePreferences } from '../settings/devicePreferences';
import { callReducer, isNews, isOutOfStep } from './callReducer';
import { type CallAction, type CallState, enterCall, mySession } from './callState';
import { callEndedSentence, sessionEndedSentence } from './endings';
import { eventNotice } from './eventNotices';
import { type CallSound, eventSound } from './eventSounds';
import type { HubLink } from './hub';
import { MediaLink, type MediaFailure, type MediaStatus } from './mediaLink';
import { OwnVoice } from './ownVoice';
import type { VoiceTrack } from './peer';
import { newOperationId } from '../api/operationId';
import { failureSentence, isPassing, RefusedError } from '../api/refusals';
import { ReactionStream } from '../reactions/reactionStream';
import { resumeSession } from './resumeSession';
import { SessionCommands } from './sessionCommands';
import { forgetSession, type KeptSession, keepSession } from './sessionMemory';
import { takenEvents } from './takenEvents';

export interface CallSessionListener {
  onChange(): void;
  onNotice(text: string): void;
  onSound(sound: CallSound): void;
  onMediaFailure(failure: MediaFailure): void;
  /** A host or an admin ended it. */
  onRemoved(by: string): void;
  /** The session goes on, but not by its token, which is void: it has to be moved here. */
  onTokenLost(): void;
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

/** How long to wait before asking again what the service could not answer just now. */
export const passingRetryMs = 1_000;

/** This browser's presence in one call: roster, media, microphone, and staying in it. */
export class CallSession {
  state: CallState;
  media: MediaStatus = 'connecting';
  voices: readonly VoiceTrack[] = [];
  isBack = true;
  readonly voice: OwnVoice;
  /** By which the service knows that it was asked before to move this session. */
  readonly moveId = newOperationId();
  readonly commands: SessionCommands;
  readonly reactions = new ReactionStream(() => this.listener.onChange());
  readonly #link: MediaLink;
  #resumeToken: string;
  #isInDoubt = false;
  #isTokenLost = false;
  #resumeTimer: number | undefined;
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
    this.voice = new OwnVoice(hub, sessionId, preferences, {
      onChange: () => this.#update(() => undefined),
      onNotice: (text) => listener.onNotice(text),
      onTrack: (track) => void this.#link.setMicrophone(track),
    });
    this.#link.open(start.media);
    void (start.muted ? this.#agreeOnMuted() : this.voice.startUnmuted());
  }

  stats(): Promise<RTCStatsReport | null> {
    return this.#link.peer?.stats() ?? Promise.resolve(null);
  }

  /** The answer to somebody who asked this session to unmute (S42). */
  async answerUnmute(unmutes: boolean): Promise<void> {
    this.#dispatch({ type: 'unmute_answered' });
    await (unmutes ? this.voice.setMuted(false) : this.commands.stayMuted());
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
    this.end(null);
  }

  /** Lets go of everything here; the session itself goes on as another one, which is kept in its place. */
  giveWay(): void {
    this.#close();
    this.#link.close();
  }

  end(sentence: string | null): void {
    if (!this.#over) {
      this.#conclude(sentence);
      this.#link.close();
    }
  }

  hubLost(): void {
    window.clearTimeout(this.#resumeTimer); // The next connection resumes at once, and a token is good once.
    this.#update(() => (this.isBack = false));
  }

  /** The hub is connected again: takes the session over to this connection and learns what was missed. */
  async resume(): Promise<void> {
    if (this.#isTokenLost) {
      this.listener.onTokenLost();
      return;
    }

    try {
      const answer = resumeSession(this.hub, this.#kept());
      this.#isInDoubt = true;
      const resumed = await answer;
      if (this.#over) {
        return; // Left meanwhile: what is kept no more must not be kept again.
      }

      if (resumed === null) {
        this.#isTokenLost = true;
        this.listener.onTokenLost();
        return;
      }

      this.#resumeToken = resumed.resumeToken;
      this.#isInDoubt = false;
      this.#update(() => (this.isBack = true));
      if (resumed.call !== null) {
        this.#dispatch({ type: 'snapshot', call: resumed.call });
      }

      resumed.events?.forEach((event) => this.receive(event));
      if (!this.#over) {
        this.#keep();
        this.#link.resume(resumed.media);
        await this.#agreeOnMuted();
      }
    } catch (failure) {
      this.#resumeRefused(failure);
    }
  }

  receive(event: CallEvent): void {
    if (this.#over) {
      return;
    }

    const isFirst = isNews(this.state, event);
    this.#dispatch({ type: 'event', event });
    switch (event.type) {
      case 'reacted':
        this.reactions.add(event.data);
        break;
      case 'muted':
        // News of one's own press may come after the next press; by somebody else it holds at once, and once.
        if (isFirst && event.data.sessionId === this.state.sessionId && event.data.by !== null) {
          this.voice.obeyMute();
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
        this.end(callEndedSentence(event.data.reason, event.data.by === null ? null : this.nameOf(event.data.by)));
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

  async #sessionEnded({ reason, by }: SessionEnded): Promise<void> {
    if (reason === 'media_timeout') {
      await this.#link.explainFailure(); // While there is still a connection to ask what it tried.
    }

    const isRemoved = reason === 'removed' && by !== null;
    if (isRemoved) {
      this.listener.onRemoved(by);
    }

    this.end(isRemoved ? null : sessionEndedSentence(reason, null));
  }

  async #agreeOnMuted(): Promise<void> {
    const mine = mySession(this.state);
    if (mine !== undefined) {
      await this.voice.agree(mine.muted);
    }
  }

  #resumeRefused(failure: unknown): void {
    if (this.#over || !(failure instanceof RefusedError)) {
      return; // The connection went again; the next one resumes.
    }

    if (isPassing(failure)) {
      this.#resumeTimer = window.setTimeout(() => void this.resume(), failure.retryAfterMs ?? passingRetryMs);
    } else {
      this.end(failureSentence(failure));
    }
  }

  #dispatch(action: CallAction): void {
    const before = this.state;
    this.state = callReducer(before, action);
    if (this.state.call.seq !== before.call.seq) {
      this.#keep();
    }

    if (this.state !== before) {
      if (isOutOfStep(this.state)) {
        void this.#sync();
      }

      this.listener.onChange();
    }

    takenEvents(before, action).forEach((taken) => this.#tell(taken.event, taken.before));
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
      await this.#agreeOnMuted();
    }
  }

  #kept(): KeptSession {
    const { sessionId, call } = this.state;
    const [resumeToken, isInDoubt] = [this.#resumeToken, this.#isInDoubt];
    return { sessionId, resumeToken, callId: call.id, channelId: call.channelId, seq: call.seq, isInDoubt };
  }

  #keep(): void {
    keepSession(this.#kept());
  }

  #conclude(sentence: string | null): void {
    this.#close();
    forgetSession();
    this.listener.onEnded(sentence);
  }

  #close(): void {
    this.#over = true;
    window.clearTimeout(this.#resumeTimer);
    this.voice.close();
    this.reactions.stop();
  }

  #update(change: () => void): void {
    change();
    if (!this.#over) {
      this.listener.onChange();
    }
  }
}
