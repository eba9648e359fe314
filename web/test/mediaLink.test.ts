import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaLink, type MediaFailure, type MediaStatus } from '../src/call/mediaLink';
import type { PeerOffer, VoiceTrack } from '../src/call/peer';
import { RefusedError } from '../src/api/refusals';
import type { MediaAnswer, MediaGrant } from '../src/protocol/answers';
import { FakePeerConnection, installFakeBrowser, settle } from './fakeRtc';

const answer: MediaAnswer = {
  sdp: 'v=0\r\na=candidate:1 1 udp 1 192.0.2.7 8443 typ host\r\n',
  lines: [
    { mid: '0', role: 'voiceOut', index: 0 },
    { mid: '1', role: 'voiceIn', index: 0 },
    { mid: '2', role: 'voiceIn', index: 1 },
  ],
};

function grant(generation: number): MediaGrant {
  return { generation, voiceSlots: 2, iceServers: [] };
}

class Rig {
  offers: PeerOffer[] = [];
  statuses: MediaStatus[] = [];
  voices: readonly VoiceTrack[] = [];
  failures: MediaFailure[] = [];
  reply: () => Promise<MediaAnswer> = () => Promise.resolve(answer);
  readonly link = new MediaLink(
    grant(1),
    (offer) => {
      this.offers.push(offer);
      return this.reply();
    },
    {
      onMediaStatus: (status) => this.statuses.push(status),
      onVoices: (voices) => (this.voices = voices),
      onMediaFailure: (failure) => this.failures.push(failure),
    },
  );

  async connect(): Promise<FakePeerConnection> {
    this.link.open(grant(1));
    await settle();
    peer(0).becomes('connected');
    return peer(0);
  }
}

function peer(index: number): FakePeerConnection {
  const found = FakePeerConnection.all[index];
  if (found === undefined) {
    throw new Error(`There are ${FakePeerConnection.all.length} peer connections.`);
  }

  return found;
}

beforeEach(installFakeBrowser);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the one offer', () => {
  it('has the fixed lines in order, all there before anybody allowed a microphone', async () => {
    const rig = new Rig();
    rig.link.open(grant(1));
    await settle();
    expect(peer(0).lines.map((line) => `${line.kind} ${line.init.direction ?? ''}`)).toEqual([
      'audio sendonly',
      'audio recvonly',
      'audio recvonly',
      'video sendonly',
      'audio sendonly',
      'video recvonly',
      'audio recvonly',
    ]);
    expect(peer(0).lines[3]?.init.sendEncodings?.map((encoding) => encoding.rid)).toEqual(['l', 'h']);
    expect(rig.offers).toEqual([{ generation: 1, number: 1, sdp: 'offer 1' }]);
  });

  it('is sent again as it was when the answer never came', async () => {
    const rig = new Rig();
    rig.reply = () => Promise.reject(new Error('The hub is away.'));
    rig.link.open(grant(1));
    await settle();
    rig.reply = () => Promise.resolve(answer);
    rig.link.resume(grant(1));
    await settle();
    expect(rig.offers).toEqual([rig.offers[0], rig.offers[0]]);
  });

  it('gives the voice slots that the answer names once media flows', async () => {
    const rig = new Rig();
    await rig.connect();
    expect(rig.voices.map((voice) => [voice.key, voice.slot])).toEqual([
      ['1-0', 0],
      ['1-1', 1],
    ]);
    expect(rig.statuses).toEqual(['connected']);
    expect(console.info).toHaveBeenCalledWith(expect.stringContaining('rtc connected')); // S83
  });
});

describe('a lost way', () => {
  it('is looked for again by one ICE restart at once, with the next number (D12)', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    first.becomes('disconnected');
    first.becomes('failed');
    await settle();
    expect(first.offers).toEqual([{}, { iceRestart: true }]);
    expect(rig.offers.at(-1)).toEqual({ generation: 1, number: 2, sdp: 'offer 2' });
    first.becomes('connected');
    expect(rig.statuses).toEqual(['connected', 'reconnecting', 'connected']);
  });

  it('that no restart finds is replaced by a new peer connection of the next generation', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    first.becomes('failed');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(rig.offers.at(-1)).toMatchObject({ generation: 2, number: 1 });
    peer(1).becomes('connected');
    expect(first.connectionState).toBe('closed');
    expect(rig.statuses.at(-1)).toBe('connected');
  });

  it('is replaced without waiting when the media server closed it', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    first.closeSecurity();
    await settle();
    expect(rig.offers.at(-1)).toMatchObject({ generation: 2, number: 1 });
  });
});

describe('a network that changed while media flows', () => {
  it('is taken by a restart that nobody notices, and the next loss is repaired as ever (D12)', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(first.offers).toEqual([{}, { iceRestart: true }]);
    expect(rig.statuses).toEqual(['connected']);
    first.becomes('disconnected');
    await settle();
    expect([rig.offers.at(-1)?.number, rig.statuses.at(-1)]).toEqual([3, 'reconnecting']);
    first.becomes('failed');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(rig.offers.at(-1)).toMatchObject({ generation: 2, number: 1 });
  });

  it('and takes the way with it is said at once, with one restart for both', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    rig.reply = () => new Promise(() => undefined);
    window.dispatchEvent(new Event('online'));
    await settle();
    first.becomes('disconnected');
    await settle();
    expect([rig.offers.length, rig.statuses.at(-1)]).toEqual([2, 'reconnecting']);
    first.becomes('connected');
    expect(rig.statuses.at(-1)).toBe('connected');
  });

  it('is told the service once the hub is back, by the same offer', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    rig.reply = () => Promise.reject(new Error('The hub is away.'));
    window.dispatchEvent(new Event('online'));
    await settle();
    rig.reply = () => Promise.resolve(answer);
    rig.link.resume(grant(1));
    await settle();
    expect(rig.offers.slice(1)).toEqual([rig.offers[1], rig.offers[1]]);
    expect(first.signalingState).toBe('stable');
    expect(rig.statuses).toEqual(['connected']);
  });

  it('is told the service again when it could not just then', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    rig.reply = () => Promise.reject(new RefusedError('unavailable', '', null));
    window.dispatchEvent(new Event('online'));
    await settle();
    rig.reply = () => Promise.resolve(answer);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([rig.offers.length, first.signalingState]).toEqual([3, 'stable']);
  });

  it('does not disturb a move that began meanwhile', async () => {
    const rig = new Rig();
    await rig.connect();
    let reply: (given: MediaAnswer) => void = () => undefined;
    rig.reply = () => new Promise((resolve) => (reply = resolve));
    window.dispatchEvent(new Event('online'));
    await settle();
    const replyToRestart = reply;
    rig.link.open(grant(2));
    await settle();
    replyToRestart(answer);
    await settle();
    expect(rig.statuses.at(-1)).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(rig.offers.at(-1)).toMatchObject({ generation: 3 });
  });
});

describe('after its end', () => {
  it('a link opens nothing any more, whatever is answered or told late', async () => {
    const rig = new Rig();
    await rig.connect();
    rig.link.close();
    rig.link.open(grant(2));
    rig.link.resume(grant(3));
    await settle();
    expect(FakePeerConnection.all.map((each) => each.connectionState)).toEqual(['closed']);
  });
});

describe('a move to another media server', () => {
  it('makes before it breaks: the old one carries on until the new one does', async () => {
    const rig = new Rig();
    const first = await rig.connect();
    rig.link.open(grant(2));
    await settle();
    expect(first.connectionState).toBe('connected');
    expect(rig.voices[0]?.key).toBe('1-0');
    peer(1).becomes('connected');
    expect(first.connectionState).toBe('closed');
    expect(rig.voices[0]?.key).toBe('2-0');
  });

  it('told twice makes one new connection', async () => {
    const rig = new Rig();
    await rig.connect();
    rig.link.open(grant(2));
    rig.link.open(grant(2));
    await settle();
    expect(FakePeerConnection.all).toHaveLength(2);
  });

  it('takes the microphone along', async () => {
    const rig = new Rig();
    await rig.connect();
    const track = {} as MediaStreamTrack;
    await rig.link.setMicrophone(track);
    rig.link.open(grant(2));
    await settle();
    expect([peer(0), peer(1)].map((each) => each.lines[0]?.sender.track)).toEqual([track, track]);
  });

  it('refused because that generation is over waits for the event that says where to', async () => {
    const rig = new Rig();
    rig.reply = () => Promise.reject(new RefusedError('media_moved', '', null));
    rig.link.open(grant(1));
    await settle();
    expect(rig.failures).toEqual([]);
  });
});

describe('media that never comes', () => {
  it('is told after 15 s with the transports that were tried (S81)', async () => {
    const rig = new Rig();
    rig.link.open(grant(1));
    await vi.advanceTimersByTimeAsync(14_999);
    expect(rig.failures).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(rig.failures).toEqual([
      { cause: null, transportsTried: ['UDP to 192.0.2.7:8443: not tried, this browser found no way there'] },
    ]);
  });

  it('is asked for again with the same offer while the service cannot', async () => {
    const rig = new Rig();
    rig.reply = () => Promise.reject(new RefusedError('no_media_node', '', null));
    rig.link.open(grant(1));
    await settle();
    rig.reply = () => Promise.resolve(answer);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(rig.offers).toEqual([rig.offers[0], rig.offers[0]]);
    expect(rig.failures).toEqual([]);
  });

  it('is told at once when the offer is refused', async () => {
    const rig = new Rig();
    const refusal = new RefusedError('sdp_rejected', '', null);
    rig.reply = () => Promise.reject(refusal);
    rig.link.open(grant(1));
    await settle();
    expect(rig.failures).toEqual([{ cause: refusal, transportsTried: [] }]);
  });
});
