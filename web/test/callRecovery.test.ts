import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../src/api/refusals';
import { CallEngine } from '../src/call/callEngine';
import { keepSession, keptSession } from '../src/call/sessionMemory';
import type { JoinedSession } from '../src/protocol/answers';
import type { HubMethods } from '../src/protocol/hubMethods';
import { aCall, aSession } from './fixtures';
import { at, event, FakeHub, joined, later, media, unavailable } from './fakeHub';
import { FakeTrack, installFakeMicrophone } from './fakeMicrophone';
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
