import type { MediaAnswer, MediaGrant } from '../protocol/answers';
import { voiceLines } from './voiceSlots';

export interface PeerOffer {
  generation: number;
  /** 1 for the first offer, then one more per ICE restart. */
  number: number;
  sdp: string;
}

/** A voice slot's sound, for life of the peer connection. */
export interface VoiceTrack {
  key: string;
  slot: number;
  track: MediaStreamTrack;
}

export interface PeerListener {
  onConnection(peer: Peer, state: RTCPeerConnectionState): void;
  /** The other side ended it: no restart helps. */
  onClosed(peer: Peer): void;
}

/** One peer connection: one offer with fixed lines; the only later offers are ICE restarts. */
export class Peer {
  readonly generation: number;
  readonly #connection: RTCPeerConnection;
  readonly #microphone: RTCRtpTransceiver;
  #pending: PeerOffer;
  #voices: VoiceTrack[] = [];
  #remoteCandidates: string[] = [];

  constructor(
    media: MediaGrant,
    private readonly send: (offer: PeerOffer) => Promise<MediaAnswer>,
    private readonly listener: PeerListener,
  ) {
    this.generation = media.generation;
    this.#pending = { generation: media.generation, number: 0, sdp: '' };
    this.#connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: media.iceServers.map((server) => ({
        urls: server.urls,
        ...(server.username === null ? {} : { username: server.username }),
        ...(server.credential === null ? {} : { credential: server.credential }),
      })),
    });
    this.#microphone = this.#addLines(media.voiceSlots);
    this.#connection.addEventListener('connectionstatechange', () =>
      listener.onConnection(this, this.#connection.connectionState),
    );
  }

  get state(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  /** Empty until the answer said which line is which slot. */
  get voices(): readonly VoiceTrack[] {
    return this.#voices;
  }

  /** The candidates of the answer: where media was sent to, or tried to. */
  get remoteCandidates(): readonly string[] {
    return this.#remoteCandidates;
  }

  /** Makes the one offer and takes the answer; again after a failure, it is the same offer. */
  async connect(): Promise<void> {
    await this.#exchange({});
  }

  /** Looks for a way again after the network changed; keys, lines and slots stay. */
  async restartIce(): Promise<void> {
    await this.#exchange({ iceRestart: true });
  }

  /** Comes and goes unseen by the session description. */
  async setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    if (this.#connection.signalingState !== 'closed') {
      await this.#microphone.sender.replaceTrack(track);
    }
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    this.#connection.close();
    this.#voices = [];
  }

  // The order is the protocol. Every line is there before the offer, so nothing is ever negotiated again and no
  // permission prompt holds up the call.
  #addLines(voiceSlots: number): RTCRtpTransceiver {
    const microphone = this.#connection.addTransceiver('audio', { direction: 'sendonly' });
    for (let slot = 0; slot < voiceSlots; slot++) {
      this.#connection.addTransceiver('audio', { direction: 'recvonly' });
    }

    this.#connection.addTransceiver('video', {
      direction: 'sendonly',
      sendEncodings: [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }],
    });
    this.#connection.addTransceiver('audio', { direction: 'sendonly' });
    this.#connection.addTransceiver('video', { direction: 'recvonly' });
    this.#connection.addTransceiver('audio', { direction: 'recvonly' });
    return microphone;
  }

  async #exchange(options: RTCOfferOptions): Promise<void> {
    // An offer that was never answered, for instance because the hub was away, is sent again as it is: the node answers
    // the same number and text as it did before, whether it has seen them or not.
    if (this.#connection.signalingState !== 'have-local-offer') {
      const offer = await this.#connection.createOffer(options);
      await this.#connection.setLocalDescription(offer);
      this.#pending = { generation: this.generation, number: this.#pending.number + 1, sdp: offer.sdp ?? '' };
    }

    const answer = await this.send(this.#pending);
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    this.#remoteCandidates = answer.sdp.match(/^a=candidate:.*$/gm) ?? [];
    this.#findVoices(answer);
    if (this.#pending.number === 1) {
      this.#watchSecurity();
    }
  }

  // A media server that goes says so by closing the secure channel; without this the browser would wait for silence.
  #watchSecurity(): void {
    const transport = this.#microphone.sender.transport;
    transport?.addEventListener('statechange', () => {
      if (transport.state === 'closed' || transport.state === 'failed') {
        this.listener.onClosed(this);
      }
    });
  }

  #findVoices(answer: MediaAnswer): void {
    const slots = voiceLines(answer.lines);
    this.#voices = this.#connection.getTransceivers().flatMap((line) => {
      const slot = line.mid === null ? undefined : slots.get(line.mid);
      return slot === undefined ? [] : [{ key: `${this.generation}-${slot}`, slot, track: line.receiver.track }];
    });
  }
}
