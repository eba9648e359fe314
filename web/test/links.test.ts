import { describe, expect, it } from 'vitest';
import { opensElsewhere } from '../src/ui/opensElsewhere';

describe('a click on a link', () => {
  const plain = { metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

  it('opens here, unless a key asks the browser for a tab, a window or a download', () => {
    expect(opensElsewhere(plain)).toBe(false);
    for (const key of ['metaKey', 'ctrlKey', 'shiftKey', 'altKey']) {
      expect(opensElsewhere({ ...plain, [key]: true })).toBe(true);
    }
  });
});
