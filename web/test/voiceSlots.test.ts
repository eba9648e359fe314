import { describe, expect, it } from 'vitest';
import { voiceLines, whoIsIn } from '../src/call/voiceSlots';

describe('voiceSlots', () => {
  it('finds the slot of each line by the roles of the answer, whatever the mids are', () => {
    const lines = voiceLines([
      { mid: 'a', role: 'voiceOut', index: 0 },
      { mid: 'c', role: 'voiceIn', index: 1 },
      { mid: 'b', role: 'voiceIn', index: 0 },
      { mid: 'd', role: 'screenAudioIn', index: 0 },
      { mid: 'e', role: 'none', index: 0 },
    ]);
    expect([...lines]).toEqual([
      ['c', 1],
      ['b', 0],
    ]);
  });

  it('says whose voice a slot carries, and nobody for an empty or unknown slot', () => {
    const slots = { voice: ['bob', null], screen: null };
    expect([whoIsIn(slots, 0), whoIsIn(slots, 1), whoIsIn(slots, 7)]).toEqual(['bob', null, null]);
  });
});
