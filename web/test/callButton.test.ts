import { describe, expect, it } from 'vitest';
import { callButton } from '../src/call/callButton';
import { callLinkAct } from '../src/call/callLink';
import { enterCall } from '../src/call/callState';
import { aCall, aChannel } from './fixtures';

const outside = { joining: null, state: null, full: null, hub: 'connected' as const };
const live = { id: 'call_1', participants: 2, startedAt: '2026-01-01T10:00:00Z' };

describe('callButton', () => {
  it('offers to start where no call is live and to join where one is (S11)', () => {
    expect(callButton(aChannel('chan_1'), outside, false)).toEqual({ kind: 'start' });
    expect(callButton(aChannel('chan_1', { call: live }), outside, false)).toEqual({ kind: 'join' });
  });

  it('says that one is in the call, or about to be', () => {
    const inside = { ...outside, state: enterCall('mine', aCall()) };
    expect(callButton(aChannel('chan_1', { call: live }), inside, false).kind).toBe('in_call');
    expect(callButton(aChannel('chan_1'), { ...outside, joining: 'chan_1' }, false).kind).toBe('joining');
  });

  it('waits with other channels while one is being joined', () => {
    const view = { ...outside, joining: 'chan_2' };
    const waits = { kind: 'disabled', reason: expect.stringContaining('joining another call') as string };
    expect(callButton(aChannel('chan_1'), view, false)).toEqual(waits);
    expect(callButton(aChannel('chan_1', { call: live }), view, false)).toEqual(waits);
  });

  it.each([
    ['archived', aChannel('chan_1', { archived: true }), 'archived'],
    ['switched off', aChannel('chan_1', { callsEnabled: false }), 'switched off'],
    ['switched off in the workspace', aChannel('chan_1', { callsEnabled: false, callsPolicy: 'nobody' }), 'whole workspace'],
    ['only admins may start one', aChannel('chan_1', { callsPolicy: 'admins' }), 'Only admins'],
    ['the direct peer is the service itself', aChannel('chan_1', { kind: 'direct', peerIsBot: true }), 'cannot answer'],
    ['the direct peer deactivated', aChannel('chan_1', { kind: 'direct', peerDeactivated: true }), 'deactivated'],
  ])('is disabled with an explanation when %s (S25)', (_, channel, word) => {
    expect(callButton(channel, outside, false)).toEqual({ kind: 'disabled', reason: expect.stringContaining(word) as string });
  });

  it('says where calls are switched on to whom may do that, and lets admins start in test mode (S8)', () => {
    const off = aChannel('chan_1', { callsEnabled: false, mayTurnCalls: true });
    expect(callButton(off, outside, false)).toMatchObject({ reason: expect.stringContaining('in its menu') as string });
    expect(callButton(aChannel('chan_1', { callsPolicy: 'admins' }), outside, true)).toEqual({ kind: 'start' });
  });

  it('is disabled when the call was full, until somebody left (S25)', () => {
    const refused = { ...outside, full: { callId: 'call_1', participants: 2 } };
    expect(callButton(aChannel('chan_1', { call: live }), refused, false).kind).toBe('disabled');
    expect(callButton(aChannel('chan_1', { call: { ...live, participants: 1 } }), refused, false).kind).toBe('join');
    expect(callButton(aChannel('chan_1', { call: { ...live, id: 'call_2' } }), refused, false).kind).toBe('join');
  });

  it('lets one join a live call although starting is switched off (S12)', () => {
    expect(callButton(aChannel('chan_1', { call: live, callsEnabled: false }), outside, false)).toEqual({ kind: 'join' });
  });
});

describe('a call link (S13)', () => {
  const connected = { hub: 'connected' as const, joining: null };

  it('joins once the channel and the service are there', () => {
    expect(callLinkAct(null, connected)).toBeNull();
    expect(callLinkAct(aChannel('chan_1'), { ...connected, hub: 'connecting' })).toBeNull();
    expect(callLinkAct(aChannel('chan_1'), connected)).toBe('join');
  });

  it('waits for the call that this tab was in before, so that the user is asked which one it shall be', () => {
    expect(callLinkAct(aChannel('chan_1'), { ...connected, joining: 'chan_2' })).toBeNull();
  });

  it('shows an archived channel without joining', () => {
    expect(callLinkAct(aChannel('chan_1', { archived: true }), { hub: 'connecting', joining: 'chan_2' })).toBe('show');
  });
});
