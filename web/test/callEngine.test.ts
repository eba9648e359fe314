import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallEngine } from '../src/call/callEngine';
import type { HubLink, HubListener, HubStatus } from '../src/call/hub';
import { RefusedError } from '../src/api/refusals';
import { keepSession, keptSession } from '../src/call/sessionMemory';
import type { JoinedSession } from '../src/protocol/answers';
import type { CallEvent } from '../src/protocol/events';
import type { HubMethods } from '../src/protocol/hubMethods';
import { aCall, aSession } from './fixtures';
import { breakFakeAudio, FakeTrack, installFakeAudio } from './fakeMicrophone';
import { FakePeerConnection, installFakeBrowser, settle } from './fakeRtc';

const at = '2026-01-01T10:00:01Z';
const media = { generation: 1, iceServers: [], voiceSlots: 1 };

type Answers = { [M in keyof HubMethods]?: (argument: HubMethods[M]['argument']) => HubMethods[M]['value'] | Promise<HubMethods[M]['value']> };

/** A service that answers as the test says, and writes down what it was asked. */
class FakeHub implements HubLink {
  status: HubStatus = 'connected';
  asked: [keyof HubMethods, unknown][] = [];
  answers: Answers = {
    Join: () => joined(),
    Offer: () => ({ sdp: '', lines: [] }),
    Mute: () => null,
    Unmute: () => null,
    Leave: () => null,
  };
  readonly #listeners = new Set<HubListener>();
  readonly #waiting = new Set<(failure: Error) => void>();

  listen(listener: HubListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async invoke<M extends keyof HubMethods>(method: M, argument: HubMethods[M]['argument']): Promise<HubMethods[M]['value']> {
    this.asked.push([method, argument]);
    const answer = this.answers[method];
    if (answer === undefined || this.status !== 'connected') {
      throw new Error(`No answer to ${method}.`);
    }

    // As SignalR does it: with the connection goes whatever still waits for its answer.
    const lost = new Promise<never>((_, reject) => this.#waiting.add(reject));
    return await Promise.race([lost, answer(argument)]);
  }

  tell(event: CallEvent): void {
    this.#listeners.forEach((listener) => listener.onEvent(event));
  }

  becomes(status: HubStatus): void {
    this.status = status;
    if (status !== 'connected') {
      this.#waiting.forEach((reject) => reject(new Error('The connection closed.')));
      this.#waiting.clear();
    }

    this.#listeners.forEach((listener) => listener.onStatus(status));
  }

  methods(): string[] {
    return this.asked.map(([method]) => method);
  }
}

function joined(difference: Partial<JoinedSession> = {}): JoinedSession {
  return { sessionId: 'mine', resumeToken: 'token1', call: aCall(), media, muted: true, ...difference };
}

function event(seq: number, sessionId: string): CallEvent {
  return { type: 'participant_joined', at, seq, callId: 'call_1', data: { session: aSession(sessionId) } };
}

/** An answer that comes when the test says so. */
function later<T>() {
  let give: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give: (value: T) => give(value) };
}

function unavailable(): RefusedError {
  return new RefusedError('unavailable', '', null);
}

let hub: FakeHub;
let notices: string[];
let engine: CallEngine;
let microphone: FakeTrack;

beforeEach(() => {
  installFakeBrowser();
  installFakeAudio();
  microphone = new FakeTrack('Headset');
  vi.stubGlobal('navigator', {
    userAgent: 'test',
    mediaDevices: Object.assign(new EventTarget(), {
      getUserMedia: vi.fn(() => Promise.resolve({ getAudioTracks: () => [microphone] })),
    }),
  });
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

describe('joining', () => {
  it('starts muted where the service says so, without asking for the microphone (S27)', async () => {
    await engine.join('chan_1', null);
    await settle();
    expect(engine.view.muted).toBe(true);
    expect(navigator.mediaDevices.getUserMedia).not.toHaveBeenCalled();
    expect(hub.methods()).toEqual(['Join', 'Offer']);
  });

  it('is one trace from the join to the offer', async () => {
    await engine.join('chan_1', null);
    await settle();
    const traces = hub.asked.map(([, argument]) => (argument as { traceparent: string }).traceparent);
    expect(traces[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traces[1]).toBe(traces[0]);
  });

  it('starts unmuted in a direct channel when there is a microphone (S28)', async () => {
    hub.answers.Join = () => joined({ muted: false, call: aCall({ sessions: [aSession('mine', { muted: false })] }) });
    await engine.join('chan_1', null);
    await settle();
    expect([engine.view.muted, senderTrack()]).toEqual([false, microphone]);
  });

  it('stays muted without a usable microphone, says why, and tells the service (S28)', async () => {
    vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(Object.assign(new Error(), { name: 'NotFoundError' }));
    hub.answers.Join = () => joined({ muted: false, call: aCall({ sessions: [aSession('mine', { muted: false })] }) });
    await engine.join('chan_1', null);
    await settle();
    expect(engine.view.muted).toBe(true);
    expect(notices[0]).toContain('No microphone was found');
    expect(hub.methods()).toContain('Mute');
  });

  it('takes note of what is told between the service\'s answer and ours', async () => {
    hub.answers.Join = () => {
      const answer = joined();
      queueMicrotask(() => hub.tell(event(2, 'bob')));
      return answer;
    };
    await engine.join('chan_1', null);
    await settle();
    expect(engine.view.state?.call.sessions.map((session) => session.sessionId)).toContain('bob');
  });

  it('refused is said in a sentence, and a full call is remembered (S25)', async () => {
    hub.answers.Join = () => Promise.reject(new RefusedError('call_full', '', null));
    await engine.join('chan_1', { id: 'call_1', participants: 5, startedAt: at });
    expect(notices).toEqual([expect.stringContaining('full')]);
    expect(engine.view).toMatchObject({ joining: null, state: null, full: { callId: 'call_1', participants: 5 } });
  });

  it('asks again with the same operation when the connection was lost before the answer', async () => {
    hub.answers.Join = () => {
      hub.becomes('reconnecting');
      return joined();
    };
    const joining = engine.join('chan_1', null);
    await settle();
    hub.answers.Join = () => joined();
    hub.becomes('connected');
    await joining;
    const [first, second] = hub.asked.filter(([method]) => method === 'Join').map(([, argument]) => argument);
    expect(second).toEqual(first);
    expect(engine.view.state?.sessionId).toBe('mine');
  });

  it('leaves the call one is in before it joins another', async () => {
    await engine.join('chan_1', null);
    await settle();
    hub.answers.Join = () => joined({ sessionId: 'other', call: aCall({ id: 'call_2', channelId: 'chan_2' }) });
    await engine.join('chan_2', null);
    await settle();
    expect(hub.methods()).toEqual(['Join', 'Offer', 'Leave', 'Join', 'Offer']);
    expect(engine.view.state?.sessionId).toBe('other');
  });
});

describe('joining while something else is under way', () => {
  beforeEach(async () => {
    await engine.join('chan_1', null);
    await settle();
  });

  it('makes one session of two presses while the other call is being left', async () => {
    const left = later<null>();
    hub.answers.Leave = () => left.promise;
    hub.answers.Join = () => joined({ sessionId: 'other', call: aCall({ id: 'call_2', channelId: 'chan_2' }) });
    void engine.join('chan_2', null);
    void engine.join('chan_2', null);
    expect(engine.view.joining).toBe('chan_2');
    left.give(null);
    await settle();
    expect(hub.methods()).toEqual(['Join', 'Offer', 'Leave', 'Join', 'Offer']);
    expect([engine.view.joining, engine.view.state?.sessionId]).toEqual([null, 'other']);
  });

  it('of another channel is refused in a sentence', async () => {
    await engine.leave();
    hub.answers.Join = () => later<JoinedSession>().promise;
    void engine.join('chan_2', null);
    await engine.join('chan_3', null);
    expect(notices.at(-1)).toContain('joining another call');
    expect(engine.view.joining).toBe('chan_2');
  });
});

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

describe('a lost hub', () => {
  it('resumes the session, learns what it missed, and keeps the new token', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [event(2, 'bob')], call: null, media });
    hub.becomes('reconnecting');
    expect(engine.view.isBack).toBe(false);
    hub.becomes('connected');
    await settle();
    expect(hub.asked.find(([method]) => method === 'Resume')?.[1]).toEqual({ sessionId: 'mine', resumeToken: 'token1', lastSeq: 1 });
    expect(engine.view.state?.call.sessions).toHaveLength(2);
    expect([engine.view.isBack, keptSession()?.resumeToken, keptSession()?.seq]).toEqual([true, 'token2', 2]);
  });

  it('while one mutes is told of it afterwards', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    hub.becomes('reconnecting');
    await engine.setMuted(true);
    hub.asked = [];
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.becomes('connected');
    await settle();
    expect(hub.methods()).toContain('Mute');
  });

  it('is resumed once, though the service could not at first and the hub went again', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => Promise.reject(unavailable());
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    expect(engine.view.state).not.toBeNull();
    const resumed = later<HubMethods['Resume']['value']>();
    hub.answers.Resume = () => resumed.promise;
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(hub.methods().filter((method) => method === 'Resume')).toHaveLength(2);
  });

  it('is resumed again when the service could not', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => Promise.reject(unavailable());
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([engine.view.isBack, keptSession()?.resumeToken]).toEqual([true, 'token2']);
  });

  it('resumes nothing that was left while the service thought about it', async () => {
    await engine.join('chan_1', null);
    await settle();
    const resumed = later<HubMethods['Resume']['value']>();
    hub.answers.Resume = () => resumed.promise;
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    await engine.leave();
    resumed.give({ resumeToken: 'token2', events: null, call: aCall({ seq: 9 }), media: { ...media, generation: 2 } });
    await settle();
    expect(keptSession()).toBeNull();
    expect(FakePeerConnection.all.map((each) => each.signalingState)).toEqual(['closed']);
  });

  it('keeps nothing of a session whose end is among what was missed', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => ({
      resumeToken: 'token2',
      events: [{ type: 'call_ended', at, seq: 2, callId: 'call_1', data: { reason: 'ended_by_host', by: null, endedAt: at, durationMs: 1 } }],
      call: null,
      media: { ...media, generation: 2 },
    });
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    expect([engine.view.state, keptSession(), FakePeerConnection.all.length]).toEqual([null, null, 1]);
  });

  it('that comes back too late ends the call with a sentence', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => Promise.reject(new RefusedError('session_gone', '', null));
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    expect([engine.view.state, keptSession()]).toEqual([null, null]);
    expect(notices.at(-1)).toContain('no longer in the call');
  });
});

describe('an answer to Resume that is lost with the connection', () => {
  const movedHere = (difference: Partial<JoinedSession> = {}) =>
    joined({ sessionId: 'new', resumeToken: 'token9', call: aCall({ seq: 7, sessions: [aSession('new')] }), ...difference });

  // The service took the token and gave the next one to nobody.
  async function loseTheToken(): Promise<void> {
    hub.answers.Resume = () => later<never>().promise;
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    hub.answers.Resume = () => Promise.reject(new RefusedError('resume_lost', '', null));
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
  }

  it('moves the call here, for the token is void and nobody else has it', async () => {
    await engine.join('chan_1', null);
    await settle();
    hub.answers.Move = () => movedHere();
    await loseTheToken();
    await settle();
    expect(hub.asked.find(([method]) => method === 'Move')?.[1]).toMatchObject({ sessionId: 'mine' });
    expect(engine.view).toMatchObject({ joining: null, isBack: true, state: { sessionId: 'new' } });
    expect([keptSession()?.sessionId, keptSession()?.isInDoubt, notices]).toEqual(['new', false, []]);
    expect(FakePeerConnection.all.map((each) => each.signalingState)).toEqual(['closed', 'stable']);
  });

  it('also when it said that the service could not: the token may be void by then', async () => {
    await engine.join('chan_1', null);
    hub.answers.Move = () => movedHere();
    hub.answers.Resume = () => Promise.reject(unavailable());
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    hub.answers.Resume = () => Promise.reject(new RefusedError('resume_lost', '', null));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(engine.view.state?.sessionId).toBe('new');
  });

  it('is asked for as one move, whenever the line holds', async () => {
    await engine.join('chan_1', null);
    hub.answers.Move = () => later<never>().promise;
    await loseTheToken();
    hub.becomes('reconnecting');
    await vi.advanceTimersByTimeAsync(20_000);
    expect([engine.view.joining, engine.view.state?.sessionId, engine.view.isBack]).toEqual([null, 'mine', false]);
    hub.answers.Move = () => movedHere();
    // It was carried out the first time, so the session from which it came is gone.
    hub.answers.Resume = () => Promise.reject(new RefusedError('session_gone', '', null));
    hub.becomes('connected');
    await settle();
    const moves = hub.asked.filter(([method]) => method === 'Move').map(([, argument]) => (argument as { operationId: string }).operationId);
    expect(moves).toEqual([moves[0], moves[0]]);
    expect(engine.view.state?.sessionId).toBe('new');
  });

  it('is asked for once when the line comes back before anybody gave up', async () => {
    await engine.join('chan_1', null);
    hub.answers.Move = () => later<never>().promise;
    await loseTheToken();
    hub.becomes('reconnecting');
    await settle();
    hub.answers.Move = () => movedHere();
    hub.becomes('connected');
    await settle();
    expect(hub.methods().filter((method) => method === 'Move')).toHaveLength(2);
    expect(engine.view.state?.sessionId).toBe('new');
  });

  it('does not unmute who muted meanwhile', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'unmuted', at, seq: 2, callId: 'call_1', data: { sessionId: 'mine', by: null } });
    hub.answers.Move = () => movedHere({ muted: false, call: aCall({ seq: 7, sessions: [aSession('new', { muted: false })] }) });
    hub.becomes('reconnecting');
    await engine.setMuted(true);
    await loseTheToken();
    await settle();
    expect([engine.view.muted, senderTrack()]).toEqual([true, null]);
    expect(hub.asked).toContainEqual(['Mute', { sessionId: 'new' }]);
  });

  it('brings nobody back who leaves meanwhile', async () => {
    await engine.join('chan_1', null);
    const moved = later<JoinedSession>();
    hub.answers.Move = () => moved.promise;
    await loseTheToken();
    await engine.leave();
    moved.give(movedHere());
    await settle();
    expect([engine.view.state, engine.view.joining, keptSession()]).toEqual([null, null, null]);
    expect(hub.asked.at(-1)).toEqual(['Leave', { sessionId: 'new' }]);
  });

  it('ends the call when it cannot be moved either', async () => {
    await engine.join('chan_1', null);
    hub.answers.Move = () => Promise.reject(new RefusedError('session_gone', '', null));
    await loseTheToken();
    await settle();
    expect([engine.view.state, keptSession(), notices]).toEqual([null, null, [expect.stringContaining('no longer in the call')]]);
  });

  it('is known after a reload, too', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4, isInDoubt: true });
    hub.answers.Resume = () => Promise.reject(new RefusedError('resume_lost', '', null));
    hub.answers.Move = () => movedHere();
    hub.becomes('connected');
    await settle();
    await settle();
    expect([engine.view.state?.sessionId, keptSession()?.sessionId]).toEqual(['new', 'new']);
  });

  it('is no excuse for a token that somebody else used', async () => {
    await engine.join('chan_1', null);
    hub.answers.Resume = () => Promise.reject(new RefusedError('resume_lost', '', null));
    hub.becomes('reconnecting');
    hub.becomes('connected');
    await settle();
    expect([engine.view.state, hub.methods().includes('Move')]).toEqual([null, false]);
  });
});

describe('a reload', () => {
  it('while the service cannot answer keeps the session and asks again', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4, isInDoubt: false });
    hub.answers.Resume = () => Promise.reject(new RefusedError('rate_limited', '', 500));
    hub.becomes('connected');
    await settle();
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: null, call: aCall({ seq: 5 }), media });
    await vi.advanceTimersByTimeAsync(500);
    expect([engine.view.state?.call.seq, notices]).toEqual([5, []]);
  });

  it('keeps the new token though the roster did not come with it', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4, isInDoubt: false });
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.answers.Sync = () => later<never>().promise;
    hub.becomes('connected');
    await settle();
    hub.becomes('reconnecting');
    await settle();
    expect(engine.view.joining).toBeNull();
    hub.answers.Sync = () => ({ call: aCall({ seq: 5 }) });
    hub.becomes('connected');
    await settle();
    await settle();
    expect(hub.asked.filter(([method]) => method === 'Resume').at(-1)?.[1]).toMatchObject({ resumeToken: 'token2' });
    expect(engine.view.state?.call.seq).toBe(5);
  });

  it('resumes the session with the next generation and asks for the roster (S10)', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4, isInDoubt: false });
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.answers.Sync = () => ({ call: aCall({ seq: 5 }) });
    hub.becomes('connected');
    await settle();
    await settle();
    expect(engine.view.state?.call.seq).toBe(5);
    expect(hub.asked.at(-1)).toEqual(['Offer', expect.objectContaining({ sessionId: 'mine', generation: 2, number: 1 })]);
  });

  it('too late starts outside of the call and forgets the session', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4, isInDoubt: false });
    hub.answers.Resume = () => Promise.reject(new RefusedError('session_gone', '', null));
    hub.becomes('connected');
    await settle();
    await settle();
    expect([engine.view.state, engine.view.joining, keptSession()]).toEqual([null, null, null]);
  });
});

describe('missing events', () => {
  it('are asked for once with Sync', async () => {
    await engine.join('chan_1', null);
    hub.answers.Sync = () => ({ call: aCall({ seq: 3, sessions: [aSession('mine'), aSession('bob'), aSession('carol')] }) });
    hub.tell(event(3, 'carol'));
    hub.tell(event(4, 'dave'));
    await settle();
    expect(hub.methods().filter((method) => method === 'Sync')).toHaveLength(1);
    expect(engine.view.state?.call.sessions).toHaveLength(4);
  });
});

describe('the end', () => {
  it('of the session by the service is said and leaves nothing behind', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    hub.tell({ type: 'session_ended', at, callId: 'call_1', data: { sessionId: 'mine', reason: 'no_longer_member', by: null } });
    await settle();
    expect(engine.view.state).toBeNull();
    expect(notices.at(-1)).toContain('no longer a member');
    expect(microphone.stop).toHaveBeenCalled();
    expect(FakePeerConnection.all.map((each) => each.connectionState)).toEqual(['closed']);
    expect(keptSession()).toBeNull();
  });

  it('of another session of mine changes nothing here (S19)', async () => {
    await engine.join('chan_1', null);
    hub.tell({ type: 'session_ended', at, data: { sessionId: 'phone', reason: 'removed', by: null } });
    expect(engine.view.state).not.toBeNull();
  });

  it('by the user says nothing and tells the service', async () => {
    await engine.join('chan_1', null);
    await settle();
    let mediaAtLeave = '';
    hub.answers.Leave = () => {
      mediaAtLeave = FakePeerConnection.all[0]?.signalingState ?? '';
      return null;
    };
    await engine.leave();
    expect([engine.view.state, notices, hub.methods().at(-1)]).toEqual([null, [], 'Leave']);
    // Closed first, the others would be told of a lost connection.
    expect([mediaAtLeave, FakePeerConnection.all[0]?.signalingState]).toEqual(['stable', 'closed']);
  });

  it('for want of media shows what was tried and stays until it is read (S81)', async () => {
    await engine.join('chan_1', null);
    await settle();
    hub.tell({ type: 'session_ended', at, callId: 'call_1', data: { sessionId: 'mine', reason: 'media_timeout', by: null } });
    await settle();
    expect(engine.view.state).toBeNull();
    expect(engine.view.mediaFailure).toMatchObject({ channelId: 'chan_1' });
  });
});

describe('moving a call here (S19)', () => {
  it('takes over from the other device, and makes the sound of joining', async () => {
    const sounds: string[] = [];
    engine = new CallEngine(hub, (userId) => userId, (text) => notices.push(text), (sound) => sounds.push(sound));
    hub.answers.Move = () => joined();
    await engine.join('chan_1', null, { title: null, threadId: null, from: 'phone' });
    expect(hub.asked[0]).toEqual(['Move', expect.objectContaining({ sessionId: 'phone', operationId: expect.any(String) as string })]);
    expect([engine.view.state?.sessionId, sounds]).toEqual(['mine', ['self_joined']]);
  });
});

describe('what others do', () => {
  it('is heard and said once, however often it is told', async () => {
    const sounds: string[] = [];
    engine = new CallEngine(hub, (userId) => userId, (text) => notices.push(text), (sound) => sounds.push(sound));
    await engine.join('chan_1', null);
    hub.tell(event(2, 'bob'));
    hub.tell(event(2, 'bob'));
    expect([sounds, notices]).toEqual([['self_joined', 'joined'], ['user_of_bob joined the call.']]);
  });

  it('is said in its turn, and once, when it is told out of order', async () => {
    const sounds: string[] = [];
    engine = new CallEngine(hub, (userId) => userId, (text) => notices.push(text), (sound) => sounds.push(sound));
    await engine.join('chan_1', null);
    hub.answers.Sync = () => later<never>().promise;
    hub.tell(event(3, 'carol'));
    hub.tell(event(3, 'carol'));
    expect([sounds, notices]).toEqual([['self_joined'], []]);
    hub.tell(event(2, 'bob'));
    expect([sounds, notices]).toEqual([
      ['self_joined', 'joined', 'joined'],
      ['user_of_bob joined the call.', 'user_of_carol joined the call.'],
    ]);
  });

  it('is not said any more when a snapshot tells it first', async () => {
    await engine.join('chan_1', null);
    hub.answers.Sync = () => ({ call: aCall({ seq: 3, sessions: [aSession('mine'), aSession('bob'), aSession('carol')] }) });
    hub.tell(event(3, 'carol'));
    hub.tell(event(4, 'dave'));
    await settle();
    expect(notices).toEqual(['user_of_dave joined the call.']);
  });
});
