import type { MediaAnswer, MediaGrant } from '../protocol/answers';
import { Peer, type PeerListener, type PeerOffer, type VoiceTrack } from './peer';
import { RefusedError } from '../api/refusals';
import { transportsTried } from './transportsTried';

export type MediaStatus = 'connecting' | 'connected' | 'reconnecting';

/** Why there is no media, for people. */
export interface MediaFailure {
  /** What was refused; null when the connection just did not come about. */
  cause: unknown;
  transportsTried: string[];
}

export interface MediaLinkListener {
  onMediaStatus(status: MediaStatus): void;
  onVoices(voices: readonly VoiceTrack[]): void;
  onMediaFailure(failure: MediaFailure): void;
}

// The service closes a session whose media is not there after 15 s; the user hears of it at the same time.
const connectMaxMs = 15_000;
// An ICE restart that worked is done within a few round trips. After this a new peer connection takes over.
const restartMaxMs = 8_000;
// What the service cannot do now it can usually do a moment later.
const offerAgainAfterMs = 1_000;

/** Keeps a session's media going over whatever number of peer connections: restarts, moves, makes before it breaks. */
export class MediaLink implements PeerListener {
  #media: MediaGrant;
  #current: Peer | null = null;
  #next: Peer | null = null;
  #status: MediaStatus = 'connecting';
  #microphone: MediaStreamTrack | null = null;
  #everConnected = false;
  #restarting: Peer | null = null;
  #timer: number | undefined;
  #closed = false;

  constructor(
    media: MediaGrant,
    private readonly send: (offer: PeerOffer) => Promise<MediaAnswer>,
    private readonly listener: MediaLinkListener,
  ) {
    this.#media = media;
    window.addEventListener('online', this.#networkChanged);
  }

  /** The peer connection that carries media, for statistics. */
  get peer(): Peer | null {
    return this.#current;
  }

  /** Opens the peer connection of this generation beside the present one, which goes when the new one carries media. */
  open(media: MediaGrant): void {
    if (this.#closed || (this.#next !== null && this.#next.generation >= media.generation)) {
      return; // Too late, or told twice.
    }

    this.#media = media;
    this.#next?.close();
    const peer = new Peer(media, this.send, this);
    this.#next = peer;
    this.#restarting = null; // Nothing waits for the old way any more.
    this.#setStatus(this.#everConnected ? 'reconnecting' : 'connecting');
    this.#arm(connectMaxMs, () => void this.#connectTimedOut(peer));
    void this.#negotiate(peer, async () => {
      await peer.setMicrophone(this.#microphone);
      await peer.connect();
    });
  }

  /** The hub is back: what could not be asked meanwhile is asked now. */
  resume(media: MediaGrant): void {
    const newest = this.#next ?? this.#current;
    if (newest === null || media.generation > newest.generation) {
      this.open(media);
    } else if (newest.state !== 'connected' || this.#restarting === newest) {
      this.#restarting = null;
      this.#recover(newest);
    }
  }

  async setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    this.#microphone = track;
    await Promise.all([this.#current?.setMicrophone(track), this.#next?.setMicrophone(track)]);
  }

  /** Says what was tried: asked for when the service gave up on this session's media, too. */
  async explainFailure(): Promise<void> {
    const peer = this.#next ?? this.#current;
    const report: RTCStats[] = [];
    (await peer?.stats())?.forEach((stats: RTCStats) => report.push(stats));
    if (peer !== null && peer.state !== 'connected') {
      this.#fail({ cause: null, transportsTried: transportsTried(peer.remoteCandidates, report) });
    }
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener('online', this.#networkChanged);
    window.clearTimeout(this.#timer);
    this.#current?.close();
    this.#next?.close();
    this.#current = null;
    this.#next = null;
    this.listener.onVoices([]);
  }

  onConnection(peer: Peer, state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#connected(peer);
    } else if ((state === 'disconnected' || state === 'failed') && peer === this.#current && this.#next === null) {
      this.#recover(peer);
    }
  }

  onClosed(peer: Peer): void {
    if (peer === this.#current && this.#next === null) {
      this.#setStatus('reconnecting');
      this.#startOver(peer);
    }
  }

  #connected(peer: Peer): void {
    if (peer !== this.#current && peer !== this.#next) {
      return;
    }

    window.clearTimeout(this.#timer);
    if (peer === this.#next) {
      this.#current?.close();
      this.#current = peer;
      this.#next = null;
    }

    this.#restarting = null;
    this.#everConnected = true;
    this.listener.onVoices(peer.voices);
    this.#setStatus('connected');
    console.info(`rtc connected (generation ${peer.generation})`);
  }

  #recover(peer: Peer): void {
    if (peer.state !== 'connected') {
      this.#setStatus(this.#everConnected ? 'reconnecting' : 'connecting');
    }

    if (this.#restarting === peer) {
      return; // `disconnected` is followed by `failed`: one restart is for both.
    }

    this.#restarting = peer;
    this.#arm(restartMaxMs, () => {
      if (peer.state === 'connected') {
        this.#restarted(peer);
      } else {
        this.#startOver(peer);
      }
    });
    void this.#negotiate(peer, async () => {
      await peer.restartIce();
      this.#restarted(peer);
    });
  }

  // A way that was never lost, as when only the network changed, is not found again: browsers say nothing then. One
  // that was lost is not here yet; the browser says when it is.
  #restarted(peer: Peer): void {
    if (this.#restarting === peer && peer.state === 'connected') {
      window.clearTimeout(this.#timer);
      this.#restarting = null;
      this.#setStatus('connected');
    }
  }

  // Beyond an ICE restart: a new peer connection with the next generation.
  #startOver(peer: Peer): void {
    if (peer === (this.#next ?? this.#current)) {
      this.open({ ...this.#media, generation: peer.generation + 1 });
    }
  }

  async #negotiate(peer: Peer, exchange: () => Promise<void>): Promise<void> {
    try {
      await exchange();
    } catch (failure) {
      // Without the hub nothing can be negotiated: it goes on in `resume`.
      if (failure instanceof RefusedError && this.#isMine(peer)) {
        this.#refused(peer, failure);
      }
    }
  }

  #refused(peer: Peer, refusal: RefusedError): void {
    switch (refusal.code) {
      case 'media_moved':
        break; // That generation is over; the event that says where to is on its way.
      case 'unavailable':
      case 'no_media_node':
      case 'rate_limited':
        window.setTimeout(() => void this.#offerAgain(peer), refusal.retryAfterMs ?? offerAgainAfterMs);
        break;
      default:
        if (!this.#everConnected) {
          this.#fail({ cause: refusal, transportsTried: [] });
        }

        break;
    }
  }

  // The same number and text: answered as before if it was taken after all.
  async #offerAgain(peer: Peer): Promise<void> {
    if (this.#isMine(peer) && (peer.state !== 'connected' || this.#restarting === peer)) {
      await this.#negotiate(peer, async () => {
        await peer.connect();
        this.#restarted(peer);
      });
    }
  }

  #isMine(peer: Peer): boolean {
    return peer === this.#current || peer === this.#next;
  }

  async #connectTimedOut(peer: Peer): Promise<void> {
    if (peer !== this.#next) {
      return;
    }

    if (this.#everConnected) {
      this.#startOver(peer);
      return;
    }

    await this.explainFailure();
  }

  #fail(failure: MediaFailure): void {
    window.clearTimeout(this.#timer);
    this.listener.onMediaFailure(failure);
  }

  #arm(afterMs: number, act: () => void): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(act, afterMs);
  }

  readonly #networkChanged = (): void => {
    if (this.#current !== null && this.#next === null) {
      this.#recover(this.#current);
    }
  };

  #setStatus(status: MediaStatus): void {
    if (status !== this.#status) {
      this.#status = status;
      this.listener.onMediaStatus(status);
    }
  }
}
