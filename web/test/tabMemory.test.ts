import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissCall, dismissedCalls } from '../src/call/dismissedCalls';
import { keepSession, keptSession } from '../src/call/sessionMemory';
import { clientLog } from '../src/diagnostics/clientLog';
import { isComposing } from '../src/ui/isComposing';
import { changeDraft, draftOf, forgetDrafts, onDrafts, takeDraft } from '../src/workspace/drafts';
import { forgetUser, takeTab } from '../src/workspace/forgetUser';
import { installFakeBrowser } from './fakeRtc';

const place = 'chan_1';

beforeEach(() => {
  installFakeBrowser();
  forgetDrafts();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a text that was begun', () => {
  it('is there when one comes back, and after it could not be sent from a channel one has left', () => {
    changeDraft(place, 'Hello');
    const putBack = takeDraft(place);
    expect(draftOf(place)).toBe('');
    changeDraft('chan_2', 'elsewhere');
    const shown = vi.fn();
    onDrafts(shown);
    putBack();
    expect([draftOf(place), draftOf('chan_2'), shown.mock.calls.length]).toEqual(['Hello', 'elsewhere', 1]);
  });

  it('comes before what was begun since when it could not be sent', () => {
    changeDraft(place, 'first');
    const putBack = takeDraft(place);
    changeDraft(place, 'the next li');
    putBack();
    expect(draftOf(place)).toBe('first\nthe next li');
  });

  it('comes back in the order it was sent in', () => {
    const sent = ['one', 'two', 'three'].map((text) => {
      changeDraft(place, text);
      return takeDraft(place);
    });
    changeDraft(place, 'begun');
    sent.forEach((putBack) => putBack());
    expect(draftOf(place)).toBe('one\ntwo\nthree\nbegun');
  });

  it('does not come back to somebody else', () => {
    changeDraft(place, 'secret');
    const putBack = takeDraft(place);
    forgetUser();
    putBack();
    expect(draftOf(place)).toBe('');
  });
});

describe('what a tab remembers of its user', () => {
  function remember() {
    keepSession({ sessionId: 'sess_1', resumeToken: 'token', callId: 'call_1', channelId: place, seq: 1 });
    changeDraft(place, 'secret');
    dismissCall('call_1');
    clientLog.add('info', 'joined');
  }

  const remembered = () => [keptSession(), draftOf(place), dismissedCalls(), clientLog.text()];
  const nothing = [null, '', [], ''];

  it('is forgotten when they are signed out', () => {
    remember();
    forgetUser();
    expect(remembered()).toEqual(nothing);
  });

  it('is forgotten when somebody else comes, and kept over a reload and a new sign-in of the same user', () => {
    takeTab('alice');
    remember();
    takeTab('alice');
    expect(draftOf(place)).toBe('secret');
    takeTab('bob');
    expect(remembered()).toEqual(nothing);
  });
});

describe('the banner of a call', () => {
  it('is dismissed for each call by itself', () => {
    dismissCall('call_1');
    expect(dismissCall('call_2')).toEqual(['call_1', 'call_2']);
    expect(dismissedCalls()).toEqual(['call_1', 'call_2']);
  });

  it('is remembered as dismissed for so many calls and no more, whatever stood there before', () => {
    sessionStorage.setItem('calls.dismissed', 'call_0');
    for (let call = 1; call <= 150; call++) {
      dismissCall(`call_${call}`);
    }

    expect([dismissedCalls().length, dismissedCalls()[0]]).toEqual([100, 'call_51']);
  });
});

describe('a key', () => {
  it('is an input method\'s while it composes, and when only its code says so', () => {
    const key = (keyCode: number, composing: boolean) => isComposing({ keyCode, nativeEvent: { isComposing: composing } });
    expect([key(13, false), key(13, true), key(229, false)]).toEqual([false, true, true]);
  });
});
