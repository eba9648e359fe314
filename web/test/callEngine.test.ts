import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallEngine } from '../src/call/callEngine';
import type { HubLink, HubListener, HubStatus } from '../src/call/hub';
import { RefusedError } from '../src/api/refusals';
import { keepSession, keptSession } from '../src/call/sessionMemory';
import type { JoinedSession } from '../src/protocol/answers';
import type { CallEvent } from '../src/protocol/events';
import type { HubMethods } from '../src/protocol/hubMethods';
import { aCall, aSession } from './fixtures';
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

    return await answer(argument);
  }

  tell(event: CallEvent): void {
    this.#listeners.forEach((listener) => listener.onEvent(event));
  }

  becomes(status: HubStatus): void {
    this.status = status;
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

let hub: FakeHub;
let notices: string[];
let engine: CallEngine;
let microphone: EventTarget & { stop: () => void; enabled: boolean; readyState: string; label: string };

function aMicrophone(label: string): typeof microphone {
  return Object.assign(new EventTarget(), { stop: vi.fn(), enabled: true, readyState: 'live', label });
}

beforeEach(() => {
  installFakeBrowser();
  microphone = aMicrophone('Headset');
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
      hub.status = 'reconnecting';
      throw new Error('The connection closed.');
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
    microphone = aMicrophone('Built-in');
    lost.readyState = 'ended';
    lost.dispatchEvent(new Event('ended'));
    await settle();
    expect(notices.at(-1)).toContain('Built-in');
    expect([engine.view.muted, senderTrack()]).toEqual([false, microphone]);
  });

  it('that is unplugged without another one mutes and says so', async () => {
    await engine.join('chan_1', null);
    await engine.setMuted(false);
    vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(Object.assign(new Error(), { name: 'NotFoundError' }));
    microphone.readyState = 'ended';
    microphone.dispatchEvent(new Event('ended'));
    await settle();
    expect([engine.view.muted, hub.methods().at(-1)]).toEqual([true, 'Mute']);
    expect(notices.at(-1)).toContain('muted');
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

describe('a reload', () => {
  it('resumes the session with the next generation and asks for the roster (S10)', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4 });
    hub.answers.Resume = () => ({ resumeToken: 'token2', events: [], call: null, media });
    hub.answers.Sync = () => ({ call: aCall({ seq: 5 }) });
    hub.becomes('connected');
    await settle();
    await settle();
    expect(engine.view.state?.call.seq).toBe(5);
    expect(hub.asked.at(-1)).toEqual(['Offer', expect.objectContaining({ sessionId: 'mine', generation: 2, number: 1 })]);
  });

  it('too late starts outside of the call and forgets the session', async () => {
    keepSession({ sessionId: 'mine', resumeToken: 'token1', callId: 'call_1', channelId: 'chan_1', seq: 4 });
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
});
