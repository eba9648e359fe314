import { vi } from 'vitest';

interface FakeSender {
  track: unknown;
  replaceTrack(track: unknown): Promise<void>;
  transport: EventTarget & { state: string };
}

export interface FakeLine {
  kind: string;
  mid: string;
  init: RTCRtpTransceiverInit;
  sender: FakeSender;
  receiver: { track: object };
}

/** As much of RTCPeerConnection as the client uses; the test plays the network. */
export class FakePeerConnection extends EventTarget {
  static all: FakePeerConnection[] = [];

  connectionState = 'new';
  signalingState = 'stable';
  offers: RTCOfferOptions[] = [];
  readonly lines: FakeLine[] = [];
  #offer = 0;

  constructor(readonly configuration: RTCConfiguration) {
    super();
    FakePeerConnection.all.push(this);
  }

  addTransceiver(kind: string, init: RTCRtpTransceiverInit): FakeLine {
    const sender: FakeSender = {
      track: null,
      replaceTrack(track: unknown) {
        this.track = track;
        return Promise.resolve();
      },
      transport: Object.assign(new EventTarget(), { state: 'connected' }),
    };
    const line = { kind, mid: String(this.lines.length), init, sender, receiver: { track: {} } };
    this.lines.push(line);
    return line;
  }

  getTransceivers(): FakeLine[] {
    return this.lines;
  }

  createOffer(options: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    if (this.signalingState === 'closed') {
      return Promise.reject(new Error('InvalidStateError'));
    }

    this.offers.push(options);
    this.#offer += 1;
    return Promise.resolve({ type: 'offer', sdp: `offer ${this.#offer}` });
  }

  setLocalDescription(): Promise<void> {
    if (this.signalingState === 'closed') {
      return Promise.reject(new Error('InvalidStateError'));
    }

    this.signalingState = 'have-local-offer';
    return Promise.resolve();
  }

  setRemoteDescription(): Promise<void> {
    if (this.signalingState !== 'have-local-offer') {
      return Promise.reject(new Error('InvalidStateError'));
    }

    this.signalingState = 'stable';
    return Promise.resolve();
  }

  getStats(): Promise<Map<string, RTCStats>> {
    return Promise.resolve(new Map());
  }

  close(): void {
    this.connectionState = 'closed';
    this.signalingState = 'closed';
  }

  /** As browsers do, it says nothing where nothing changes: an ICE restart of a connected one goes by unheard. */
  becomes(state: string): void {
    if (state !== this.connectionState && this.connectionState !== 'closed') {
      this.connectionState = state;
      this.dispatchEvent(new Event('connectionstatechange'));
    }
  }

  closeSecurity(): void {
    const transport = this.lines[0]?.sender.transport;
    if (transport !== undefined) {
      transport.state = 'closed';
      transport.dispatchEvent(new Event('statechange'));
    }
  }
}

/** A browser's globals, as far as the call needs them. */
export function installFakeBrowser(): void {
  vi.useFakeTimers();
  FakePeerConnection.all = [];
  const memory = () => {
    const values = new Map<string, string>();
    return {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
      clear: () => values.clear(),
    };
  };
  const page = Object.assign(new EventTarget(), {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    isSecureContext: true,
  });
  vi.stubGlobal('window', page);
  vi.stubGlobal('localStorage', memory());
  vi.stubGlobal('sessionStorage', memory());
  vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
}

/** Lets everything happen that is only waiting for promises. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
