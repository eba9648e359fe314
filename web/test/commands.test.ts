import { describe, expect, it } from 'vitest';
import { type CommandSituation, commandOptions, isCommand, isTyped } from '../src/commands/slashCommands';
import { workspaceReducer } from '../src/workspace/workspaceReducer';
import { startWorkspace } from '../src/workspace/workspaceState';
import { aUser } from './fixtures';

const quiet: CommandSituation = {
  mayStart: true,
  isLive: false,
  isInCall: false,
  mayRun: false,
  hasStatistics: false,
  people: [],
};
const bob = { username: 'bob', displayName: 'Bob Baker' };
const carol = { username: 'carol', displayName: 'Carol Cole' };
const hosting: CommandSituation = { ...quiet, isLive: true, isInCall: true, mayRun: true, hasStatistics: true, people: [bob, carol] };

const titles = (text: string, situation: CommandSituation) => commandOptions(text, situation).map((option) => option.title);

describe('completing slash commands', () => {
  it.each(['/', '/ca', '/call', '/call ', '/CALL '])('lists what may be done now for %j', (text) => {
    expect(titles(text, quiet)).toEqual(['/call start', '/call link', '/call logs', '/call help']);
  });

  it('offers to start only where no call is live, to join only a live one, to leave only from inside', () => {
    const outside = { ...quiet, isLive: true };
    expect(titles('/call ', outside)).toContain('/call join');
    expect(titles('/call ', outside)).not.toContain('/call start');
    expect(titles('/call ', outside)).not.toContain('/call leave');
    const inside = { ...outside, isInCall: true };
    expect(titles('/call ', inside)).toContain('/call leave');
    expect(titles('/call ', inside)).not.toContain('/call join');
    expect(titles('/call ', { ...quiet, mayStart: false })).not.toContain('/call start');
  });

  it('offers end, host and mute-all to whom the call obeys, and to nobody else', () => {
    const verbs = ['/call host', '/call mute-all', '/call end'];
    expect(titles('/call ', hosting)).toEqual(expect.arrayContaining(verbs));
    const guest = titles('/call ', { ...hosting, mayRun: false });
    expect(verbs.filter((verb) => guest.includes(verb))).toEqual([]);
    expect(titles('/call host @', { ...hosting, mayRun: false })).toEqual([]);
  });

  it('offers figures once there was a call (S88)', () => {
    expect(titles('/call s', quiet)).toEqual(['/call start']);
    expect(titles('/call s', { ...quiet, hasStatistics: true })).toEqual(['/call start', '/call stats']);
  });

  it('names who could be host, by user name or by name', () => {
    expect(titles('/call host ', hosting)).toEqual(['@bob', '@carol']);
    expect(titles('/call host @c', hosting)).toEqual(['@carol']);
    expect(commandOptions('/call host bak', { ...hosting, people: [{ ...bob, displayName: 'Baker' }] })[0]?.text).toBe('/call host @bob');
  });

  it('leaves a cursor behind a command that takes more, and none behind one that is whole', () => {
    expect(commandOptions('/call st', quiet)[0]).toMatchObject({ text: '/call start ', argument: '[title]' });
    expect(commandOptions('/call lin', quiet)[0]?.text).toBe('/call link');
    expect(commandOptions('/call link', quiet)).toEqual([]);
  });

  it('lets Enter send what is typed out', () => {
    const start = commandOptions('/call start', quiet)[0];
    expect(start !== undefined && isTyped(start, '/call start')).toBe(true);
    expect(start !== undefined && isTyped(start, '/call sta')).toBe(false);
  });

  it.each(['', 'hello', 'see /call', '/call start stand-up', '/call\nstart', '/callx', '/call fly'])('says nothing to %j', (text) => {
    expect(commandOptions(text, hosting)).toEqual([]);
  });
});

describe('a line that begins with a slash', () => {
  it.each(['/call', '/call start', '/CALL leave', '/call\tjoin'])('is for the service: %j', (text) => {
    expect(isCommand(text)).toBe(true);
  });

  it.each(['/etc/hosts is wrong', '/calls', '/', '//', 'see /call'])('is for people: %j', (text) => {
    expect(isCommand(text)).toBe(false);
  });
});

describe('an answer to a command', () => {
  it('stays where it was asked for until it is dismissed', () => {
    const answer = { kind: 'text', text: 'You are not in the call.' } as const;
    const asked = workspaceReducer(startWorkspace(aUser('alice')), { type: 'answered', place: 'post_1', answer });
    const moved = workspaceReducer(asked, { type: 'looks_at', channelId: 'chan_2' });
    expect(moved.answers).toEqual({ post_1: answer });
    expect(workspaceReducer(moved, { type: 'answered', place: 'post_1', answer: null }).answers).toEqual({});
  });
});
