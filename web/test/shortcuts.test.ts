import { describe, expect, it, vi } from 'vitest';
import { PushToTalk } from '../src/call/pushToTalk';
import { ShortcutActs } from '../src/shortcuts/shortcutActs';
import { type KeyPress, keyNames, pressedShortcut, shortcuts } from '../src/shortcuts/shortcuts';

function press(key: Partial<KeyPress> & { modifiers?: string }): KeyPress & { repeat: boolean } {
  const has = (name: string) => (key.modifiers ?? '').split(' ').includes(name);
  return {
    code: '',
    key: '',
    ctrlKey: has('ctrl'),
    metaKey: has('cmd'),
    shiftKey: has('shift'),
    altKey: has('alt'),
    repeat: false,
    getModifierState: (name) => name === 'AltGraph' && has('altgr'),
    ...key,
  };
}

describe('keyboard shortcuts', () => {
  it.each([
    ['Space', 'ctrl shift', 'mute'],
    ['Space', 'cmd shift', 'mute'],
    ['Space', '', 'talk'],
    ['KeyY', 'ctrl shift', 'hand'],
    ['KeyX', 'ctrl shift', 'react'],
    ['KeyE', 'cmd shift', 'screen'],
    ['KeyP', 'ctrl shift', 'participants'],
    ['KeyL', 'ctrl shift', 'leave'],
    ['KeyS', 'ctrl alt', 'call'],
    ['KeyR', 'cmd alt', 'record'],
    ['KeyY', 'ctrl', undefined],
    ['KeyL', 'ctrl shift alt', undefined],
    ['KeyS', 'ctrl alt altgr', undefined],
  ])('%s with %j is %s', (code, modifiers, id) => {
    expect(pressedShortcut(press({ code, modifiers }))?.id).toBe(id);
  });

  it('knows the question mark wherever the keyboard has it', () => {
    expect(pressedShortcut(press({ code: 'Slash', key: '?', modifiers: 'shift' }))?.id).toBe('help');
    expect(pressedShortcut(press({ code: 'Minus', key: '?', modifiers: 'shift' }))?.id).toBe('help');
  });

  it('are named as the keys of this kind of computer', () => {
    const mute = shortcuts.find((shortcut) => shortcut.id === 'mute');
    const start = shortcuts.find((shortcut) => shortcut.id === 'call');
    expect(mute === undefined ? [] : [keyNames(mute, false), keyNames(mute, true)]).toEqual([['Ctrl', 'Shift', 'Space'], ['⌘', '⇧', 'Space']]);
    expect(start === undefined ? [] : keyNames(start, true)).toEqual(['⌘', '⌥', 'S']);
  });

  it('do what was registered last, and nothing when that is gone', () => {
    const acts = new ShortcutActs();
    const [page, dialog] = [vi.fn(), vi.fn()];
    acts.on('mute', page);
    const off = acts.on('mute', dialog);
    const mute = press({ code: 'Space', modifiers: 'ctrl shift' });
    expect(acts.press(mute, true)).toBe(true);
    expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([0, 1]);
    off();
    acts.press(mute, false);
    expect(page).toHaveBeenCalledTimes(1);
    expect(acts.press({ ...mute, repeat: true }, false)).toBe(true);
    expect(page).toHaveBeenCalledTimes(1);
    expect([acts.has('mute'), acts.has('leave'), acts.press(press({ code: 'KeyL', modifiers: 'ctrl shift' }), false)]).toEqual([true, false, false]);
  });

  it('leave to a text what writes in it', () => {
    const acts = new ShortcutActs();
    const help = vi.fn();
    acts.on('help', help);
    expect(acts.press(press({ key: '?', modifiers: 'shift' }), true)).toBe(false);
    expect(acts.press(press({ key: '?', modifiers: 'shift' }), false)).toBe(true);
    expect(help).toHaveBeenCalledTimes(1);
  });
});

describe('push-to-talk', () => {
  function aTalk(startsMuted = true) {
    const state = { muted: startsMuted, asked: [] as boolean[] };
    const talk = new PushToTalk(
      () => state.muted,
      (muted) => {
        state.muted = muted;
        state.asked.push(muted);
      },
    );
    return { talk, state };
  }

  const space = press({ code: 'Space' });

  it('unmutes while the space bar is held, however often the key repeats', () => {
    const { talk, state } = aTalk();
    expect([talk.press(space, false), talk.press(space, false), talk.press(space, true)]).toEqual([true, true, true]);
    talk.release();
    talk.release();
    expect(state.asked).toEqual([false, true]);
  });

  it('leaves the space bar alone where it writes or presses something, and with other keys', () => {
    const { talk, state } = aTalk();
    expect(talk.press(space, true)).toBe(false);
    expect(talk.press(press({ code: 'Space', modifiers: 'ctrl shift' }), false)).toBe(false);
    expect(talk.press(press({ code: 'KeyA' }), false)).toBe(false);
    expect(state.asked).toEqual([]);
  });

  it('never mutes who was unmuted before', () => {
    const { talk, state } = aTalk(false);
    expect(talk.press(space, false)).toBe(false);
    talk.release();
    expect(state.asked).toEqual([]);
  });
});
