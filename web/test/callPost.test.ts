import { describe, expect, it } from 'vitest';
import { callPostState } from '../src/call/callPostState';
import { aChannel, aPost } from './fixtures';

const at = '2026-01-01T10:00:01Z';
const quiet = aChannel('chan_1');
const live = (id: string) => aChannel('chan_1', { call: { id, participants: 1, startedAt: at } });
const post = aPost('post_1', { type: 'call', props: { callId: 'call_1', startedAt: at } });
const ended = { ...post, props: { ...post.props, endedAt: at } };

describe('the card of a call (S50)', () => {
  it('has not ended before the channel is told that the call has begun', () => {
    expect([callPostState(post, quiet), callPostState(post, live('call_1'))]).toEqual(['starting', 'live']);
  });

  it('has ended when it says so, and when another call is live', () => {
    expect([callPostState(ended, quiet), callPostState(ended, live('call_2')), callPostState(post, live('call_2'))]).toEqual([
      'ended',
      'ended',
      'ended',
    ]);
  });
});
