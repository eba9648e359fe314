import type { Emoji } from '../protocol/answers';
import type { CallEvent } from '../protocol/events';
import type { CallSummary } from '../protocol/workspace';
import type { DevicePreferences } from '../settings/devicePreferences';
import { loadDevicePreferences, saveDevicePreferences } from '../settings/devicePreferences';
import { joiningElsewhere } from './callButton';
import { CallEntry } from './callEntry';
import { plainStart } from './callStart';
import { CallSession, type SessionStart } from './callSession';
import { type CallState, mySession } from './callState';
import type { CallSound } from './eventSounds';
import type { HubLink, HubStatus } from './hub';
import type { MediaFailure, MediaStatus } from './mediaLink';
import type { MicrophoneStatus } from './microphone';
import type { VoiceTrack } from './peer';
import { failureSentence, isPassing, RefusedError } from '../api/refusals';
import { forgetSession, keptSession, lockSession } from './sessionMemory';
import type { ShownReaction } from '../reactions/shownReactions';

/** What is shown of the call this browser is in, or is about to be in. */
export interface CallView {
  hub: HubStatus;
  /** The channel whose call is being joined. */
  joining: string | null;
  state: CallState | null;
  muted: boolean;
  media: MediaStatus;
  microphone: MicrophoneStatus;
  voices: readonly VoiceTrack[];
  /** False between losing the hub and having resumed. */
  isBack: boolean;
  mediaFailure: { channelId: string; failure: MediaFailure } | null;
  /** The call that had no room, and how many were in it then. */
  full: { callId: string; participants: number } | null;
  /** By whom the user was taken out of the call, until they have read it. */
  removal: { by: string; isBlocked: boolean } | null;
  reactions: readonly ShownReaction[];
  /** Spoke since the last mute, unheard. */
  spokeWhileMuted: boolean;
  devices: DevicePreferences;
}

/** Joins, resumes and leaves calls; at most one at a time. Lives as long as the sign-in, whatever page is shown. */
export class CallEngine {
  #view: CallView;
  readonly #entry: CallEntry;
  #session: CallSession | null = null;
  #early: CallEvent[] | null = null;
  #release: (() => void) | null = null;
  #lockedId: string | null = null;
  #lastSessionId: string | null = null;
  readonly #readers = new Set<() => void>();
  readonly #stopListening: () => void;

  constructor(
    private readonly hub: HubLink,
    private readonly nameOf: (userId: string) => string,
    private readonly notify: (text: string) => void,
    private readonly play: (sound: CallSound) => void = () => undefined,
  ) {
    this.#entry = new CallEntry(hub);
    this.#view = { ...outside, hub: hub.status, devices: loadDevicePreferences() };
    this.#stopListening = hub.listen({
      onEvent: (event) => this.#receive(event),
      onStatus: (status) => this.#hubChanged(status),
    });
  }

  get view(): CallView {
    return this.#view;
  }

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  };

  /** Starts the channel's call or joins the one that is live, leaving the one this browser is in. */
  async join(channelId: string, live: CallSummary | null, start = plainStart): Promise<void> {
    const { joining } = this.#view;
    if (joining !== null && joining !== channelId) {
      this.notify(joiningElsewhere);
    }

    if (joining !== null || this.#session?.state.call.channelId === channelId) {
      return;
    }

    // Shown first: whoever presses once more while the other call is being left does not join twice.
    this.#show({ joining: channelId, mediaFailure: null, removal: null });
    await this.#session?.leave();
    await this.#entering(async () => {
      const joined = await this.#entry.join(channelId, start);
      this.play('self_joined');
      return joined;
    }, live);
  }

  async leave(): Promise<void> {
    await this.#session?.leave();
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.#session?.voice.setMuted(muted);
  }

  async setHand(isRaised: boolean): Promise<void> {
    await this.#session?.commands.setHand(isRaised);
  }

  async react(emoji: Emoji): Promise<void> {
    await this.#session?.commands.react(emoji);
  }

  async answerUnmute(unmutes: boolean): Promise<void> {
    await this.#session?.answerUnmute(unmutes);
  }

  /** As host; a refusal is thrown. */
  async askToUnmute(sessionId: string): Promise<void> {
    await this.#session?.askToUnmute(sessionId);
  }

  forgetRemoval(): void {
    this.#show({ removal: null });
  }

  async chooseDevices(devices: DevicePreferences): Promise<void> {
    saveDevicePreferences(devices);
    this.#show({ devices });
    await this.#session?.voice.choose(devices);
  }

  stats(): Promise<RTCStatsReport | null> {
    return this.#session?.stats() ?? Promise.resolve(null);
  }

  /** The media connection did not come about: once more from the start. */
  async retry(): Promise<void> {
    const channelId = this.#view.mediaFailure?.channelId;
    await this.#session?.leave();
    this.#show({ mediaFailure: null });
    if (channelId !== undefined) {
      await this.join(channelId, null);
    }
  }

  async giveUp(): Promise<void> {
    this.#show({ mediaFailure: null });
    await this.#session?.leave();
  }

  stop(): void {
    this.#stopListening();
    this.#session?.abandon();
  }

  #receive(event: CallEvent): void {
    // This one goes to the user, and may come after the session's end.
    if (event.type === 'removed' && event.data.sessionId === this.#lastSessionId) {
      this.#show({ removal: { by: event.data.by, isBlocked: event.data.blocked } });
    }

    // What is told between the service's answer and our taking note of it belongs to the call, too.
    if (this.#early !== null) {
      this.#early.push(event);
    } else if (this.#session !== null && isAbout(event, this.#session.state)) {
      this.#session.receive(event);
    }
  }

  #hubChanged(status: HubStatus): void {
    this.#show({ hub: status });
    if (status !== 'connected') {
      this.#session?.hubLost();
    } else if (this.#session === null) {
      void this.#resumeKept();
    } else if (this.#view.joining === null) {
      void this.#session.resume();
    }
  }

  // After a reload: the same session goes on, with the next peer connection.
  async #resumeKept(): Promise<void> {
    const kept = keptSession();
    if (kept === null || this.#view.joining !== null) {
      return;
    }

    this.#show({ joining: kept.channelId });
    const release = await lockSession(kept.sessionId);
    if (release === null) {
      forgetSession();
      this.#show({ joining: null });
      return;
    }

    this.#release = release;
    this.#lockedId = kept.sessionId;
    await this.#entering(() => this.#entry.resume(kept));
  }

  // It goes on as a new session. What is shown stays as it is until then.
  async #moveHere(former: CallSession): Promise<void> {
    const { sessionId, call } = former.state;
    this.#show({ joining: call.channelId });
    await this.#entering(async () => {
      try {
        const moved = await this.#entry.move(sessionId, former.moveId);
        if (this.#session === former) {
          return { ...moved, muted: moved.muted || former.voice.wishesMuted };
        }

        await this.hub.invoke('Leave', { sessionId: moved.sessionId });
      } catch (failure) {
        if (this.#session === former) {
          throw failure;
        }
      }

      return null; // Left meanwhile.
    });
  }

  async #entering(ask: () => Promise<SessionStart | null>, live: CallSummary | null = null): Promise<void> {
    this.#early = [];
    try {
      const start = await ask();
      if (start === null) {
        this.#early = null;
        this.#show({ joining: null });
      } else {
        this.#enter(start);
      }
    } catch (failure) {
      this.#notEntered(failure, live);
    }
  }

  #notEntered(failure: unknown, live: CallSummary | null): void {
    this.#early = null;
    this.#show({ joining: null });
    if (this.#session !== null) {
      // The one that was to move. Without a connection the next one tries again.
      if (failure instanceof RefusedError) {
        this.#session.end(failureSentence(failure));
      }

      return;
    }

    this.#letGo();
    if (failure instanceof RefusedError) {
      if (!isPassing(failure)) {
        forgetSession();
      }

      if (failure.code === 'call_full' && live !== null) {
        this.#show({ full: { callId: live.id, participants: live.participants } });
      }
    }

    this.notify(failureSentence(failure));
  }

  #enter(start: SessionStart): void {
    if (this.#session !== null) {
      this.#session.giveWay();
      this.#letGo();
    }

    const session = new CallSession(this.hub, start, this.#view.devices, this.nameOf, {
      onChange: () => this.#showSession(),
      onNotice: this.notify,
      onSound: this.play,
      onMediaFailure: (failure) =>
        this.#show({ mediaFailure: { channelId: start.call.channelId, failure } }),
      onRemoved: (by) => this.#show({ removal: this.#view.removal ?? { by, isBlocked: false } }),
      onTokenLost: () => void this.#moveHere(session),
      onEnded: (sentence) => this.#ended(sentence),
    });
    this.#session = session;
    this.#lastSessionId = start.sessionId;
    void this.#lock(start.sessionId);

    const early = this.#early ?? [];
    this.#early = null;
    this.#show({ joining: null });
    this.#showSession();
    early.filter((event) => isAbout(event, session.state)).forEach((event) => session.receive(event));
  }

  async #lock(sessionId: string): Promise<void> {
    if (this.#lockedId === sessionId) {
      return;
    }

    this.#letGo();
    this.#lockedId = sessionId;
    const release = await lockSession(sessionId);
    if (this.#lockedId === sessionId) {
      this.#release = release;
    } else {
      release?.(); // Over before the lock was had.
    }
  }

  #letGo(): void {
    this.#release?.();
    this.#release = null;
    this.#lockedId = null;
  }

  #ended(sentence: string | null): void {
    this.#session = null;
    this.#letGo();
    // The dialogs about failed media and a removal stay: they say more than the ending does.
    const { hub, devices, mediaFailure, joining, full, removal } = this.#view;
    this.#show({ ...outside, hub, devices, mediaFailure, joining, full, removal });
    if (sentence !== null && mediaFailure === null && removal === null) {
      this.notify(sentence);
    }
  }

  #showSession(): void {
    const session = this.#session;
    if (session !== null) {
      const { state, media, voices, isBack } = session;
      const { muted, microphone, spokeWhileMuted } = session.voice;
      // A connection that came late after all needs no dialog any more.
      const mediaFailure = media === 'connected' ? null : this.#view.mediaFailure;
      const isMuted = muted || mySession(state)?.muted === true;
      const reactions = session.reactions.shown;
      this.#show({ state, muted: isMuted, media, microphone, voices, isBack, mediaFailure, reactions, spokeWhileMuted });
    }
  }

  #show(difference: Partial<CallView>): void {
    this.#view = { ...this.#view, ...difference };
    this.#readers.forEach((reader) => reader());
  }
}

const outside: Omit<CallView, 'hub' | 'devices'> = {
  joining: null,
  state: null,
  muted: true,
  media: 'connecting',
  microphone: { kind: 'closed' },
  voices: [],
  isBack: true,
  mediaFailure: null,
  full: null,
  removal: null,
  reactions: [],
  spokeWhileMuted: false,
};

// Channels tell of their calls too; those that this browser is not in are not for its roster.
function isAbout(event: CallEvent, state: CallState): boolean {
  return event.callId === state.call.id || (event.callId == null && isOfSession(event));
}

function isOfSession(event: CallEvent): boolean {
  return event.type === 'session_ended' || event.type === 'media_moved' || event.type === 'slots';
}
