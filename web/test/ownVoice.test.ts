import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../src/api/refusals';
import { CallEngine } from '../src/call/callEngine';
import type { CallEvent } from '../src/protocol/events';
import { aCall, aSession } from './fixtures';
import { at, event, FakeHub, joined, later, media } from './fakeHub';
import { breakFakeAudio, FakeTrack, installFakeMicrophone } from './fakeMicrophone';
import { FakePeerConnection, installFakeBrowser, settle } from './fakeRtc';

let hub: FakeHub;
let notices: string[];
let engine: CallEngine;
let microphone: FakeTrack;

beforeEach(() => {
  installFakeBrowser();
  microphone = new FakeTrack('Headset');
  installFakeMicrophone(() => microphone);
  hub = new FakeHub();
  notices = [];
  engine = new CallEngine(hub, (userId) => userId, (text) => notices.push(text));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function senderTrack(): unknown {
  return FakePeerConnection.all.at(-1)?.lines[0]?.sender.track;
}

describe('muting', () => {
  it('sends nothing while muted and the microphone while unmuted', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    await settle();
    expect([engine.view.muted, senderTrack(), microphone.enabled]).toEqual([false, microphone, true]);
    await engine.setMuted(true);
    expect([engine.view.muted, senderTrack(), microphone.enabled]).toEqual([true, null, false]);
  });

  it('by the host is obeyed and said', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'muted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: 'carol' } });
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
    expect(notices).toContain('carol muted you.');
  });

  it('pressed again while the browser asks for permission is all that the service hears of', async () => {
    await engine.join('chan_1', null);
    const unmuting = engine.setMuted(false);
    await engine.setMuted(true);
    await unmuting;
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
    expect(hub.methods()).not.toContain('Unmute');
  });

  it('pressed again while the unmute is on its way counts', async () => {
    await engine.join('chan_1', null);
    let answer = () => {};
    hub.answers.Unmute = () => new Promise((resolve) => (answer = () => resolve(null)));
    const unmuting = engine.setMuted(false);
    await settle();
    await engine.setMuted(true);
    answer();
    await unmuting;
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
  });

  it('told late does not silence who has unmuted since', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'muted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    hub.tell({ type: 'unmuted', at, seq: 3, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    expect([engine.view.muted, senderTrack()]).toEqual([false, microphone]);
  });

  it('is told the service even where the browser cannot listen to who is muted', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    breakFakeAudio();
    await engine.setMuted(true);
    expect([engine.view.muted, hub.methods().at(-1)]).toEqual([true, 'Mute']);
  });

  it('by the host that only a snapshot tells is obeyed and said', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    hub.answers.Sync = () => ({ call: aCall({ seq: 4 }) });
    hub.tell(event(4, 'bob'));
    await settle();
    expect([engine.view.muted, senderTrack(), microphone.enabled]).toEqual([true, null, false]);
    expect(notices.at(-1)).toContain('You were muted');
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    expect(hub.methods()).not.toContain('Mute');
  });

  it('by the host while the browser asks for the microphone holds, though only a snapshot tells it (S28)', async () => {
    const stream = later<unknown>();
    vi.mocked(navigator.mediaDevices.getUserMedia).mockReturnValue(stream.promise as Promise<MediaStream>);
    hub.answers.Join = () => joined({ muted: false, call: aCall({ sessions: [aSession('mine', { muted: false })] }) });
    await engine.join('chan_1', null);
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: null, call: aCall({ seq: 9 }), media });
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    stream.give({ getAudioTracks: () => [microphone] });
    await settle();
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
  });

  it('is not what a resume does to who waits for the browser to give the microphone (S28)', async () => {
    const stream = later<unknown>();
    vi.mocked(navigator.mediaDevices.getUserMedia).mockReturnValue(stream.promise as Promise<MediaStream>);
    hub.answers.Join = () => joined({ muted: false, call: aCall({ sessions: [aSession('mine', { muted: false })] }) });
    await engine.join('chan_1', null);
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    stream.give({ getAudioTracks: () => [microphone] });
    await settle();
    expect([engine.view.muted, senderTrack()]).toEqual([false, microphone]);
    expect(hub.methods()).not.toContain('Mute');
  });

  it('is what remains of an unmute whose answer was lost, for everybody', async () => {
    await engine.join('chan_1', null);
    hub.answers.Unmute = () => later<null>().promise;
    void engine.setMuted(false);
    await settle();
    hub.becomes('reconnecting');
    hub.answers.Resume = () => ({
      resumeToken: 'token2',
      events: [{ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } }],
      call: null,
      media,
    });
    hub.becomes('connected');
    await settle();
    expect([engine.view.muted, hub.methods().includes('Mute')]).toEqual([true, true]);
  });

  it('by the host is obeyed once, however often it is told', async () => {
    await engine.join('chan_1', null);
    const muted: CallEvent = { type: 'muted', at, seq: 3, callId: 'call_1', data: { sessionId: 'mine', by: 'carol' } };
    hub.answers.Sync = () => later<never>().promise;
    hub.tell(muted);
    await engine.setMuted(false);
    hub.tell(muted);
    expect(senderTrack()).toBe(microphone);
  });

  it('is not undone by a refused unmute', async () => {
    await engine.join('chan_1', null);
    hub.answers.Unmute = () => Promise.reject(new RefusedError('unavailable', '', null));
    await engine.setMuted(false);
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
  });
});

describe('the microphone', () => {
  it('is opened once however often one presses while the browser asks', async () => {
    await engine.join('chan_1', null);
    await Promise.all([engine.setMuted(false), engine.setMuted(false)]);
    expect(navigator.mediaDevices.getUserMedia).toHaveBeenCalledTimes(1);
  });

  it('that is unplugged is replaced by another one with a notice', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    const lost = microphone;
    microphone = new FakeTrack('Built-in');
    lost.unplug();
    await settle();
    expect(notices.at(-1)).toContain('Built-in');
    expect([engine.view.muted, senderTrack()]).toEqual([false, microphone]);
  });

  it('that is unplugged without another one mutes and says so', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(Object.assign(new Error(), { name: 'NotFoundError' }));
    microphone.unplug();
    await settle();
    expect([engine.view.muted, hub.methods().at(-1)]).toEqual([true, 'Mute']);
    expect(notices.at(-1)).toContain('muted');
  });
});

describe('another microphone', () => {
  it('that cannot be opened mutes for everybody, and says why', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(Object.assign(new Error(), { name: 'NotReadableError' }));
    await engine.chooseDevices({ ...engine.view.devices, microphoneId: 'other' });
    expect([engine.view.muted, hub.methods().at(-1)]).toEqual([true, 'Mute']);
    expect(notices).toEqual([expect.stringContaining('in use by another program')]);
  });
});
