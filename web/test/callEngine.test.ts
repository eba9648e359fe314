import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../src/api/refusals';
import { CallEngine } from '../src/call/callEngine';
import { keptSession } from '../src/call/sessionMemory';
import type { JoinedSession } from '../src/protocol/answers';
import { aCall, aSession } from './fixtures';
import { at, event, FakeHub, joined, later } from './fakeHub';
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
