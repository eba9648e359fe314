import data from 'emojibase-data/en/compact.json';
import messages from 'emojibase-data/en/messages.json';
import { describe, expect, it } from 'vitest';
import { emojiGroups, emojiSlug, inTone, searchEmojis } from '../src/reactions/emojiCatalog';
import { emojiText, unifiedOf } from '../src/reactions/emojiText';
import { type EmojiUse, frequentRow, frequentShown, withUse } from '../src/reactions/frequentEmojis';
import { latestReactions, nextEnd, type ShownReaction, shownMax, shownMs, withoutOld, withReaction } from '../src/reactions/shownReactions';

const thumb = { name: 'thumbs_up', unified: '1F44D', skin: null };
const heart = { name: 'red_heart', unified: '2764-FE0F', skin: null };
const react = (shown: readonly ShownReaction[], now: number, sessionId = 'bob', emoji = thumb) => withReaction(shown, { sessionId, emoji }, now);

describe('reactions (S48)', () => {
  it('are shown for ten seconds', () => {
    const shown = react(react([], 0), 4_000);
    expect(nextEnd(shown)).toBe(shownMs);
    expect(withoutOld(shown, shownMs - 1)).toBe(shown);
    expect(withoutOld(shown, shownMs)).toHaveLength(1);
    expect(nextEnd(withoutOld(shown, 4_000 + shownMs))).toBeNull();
  });

  it('are at most fifty at a time, the oldest give way', () => {
    let shown: readonly ShownReaction[] = [];
    for (let index = 0; index < shownMax + 5; index++) {
      shown = react(shown, index);
    }

    expect(shown).toHaveLength(shownMax);
    expect(shown[0]?.at).toBe(5);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shownMax);
  });

  it('show on a tile what came last from there', () => {
    const shown = react(react(react([], 0), 1, 'amy'), 2, 'bob', heart);
    expect(latestReactions(shown).get('bob')?.emoji).toEqual(heart);
    expect(latestReactions(shown).get('amy')?.emoji).toEqual(thumb);
  });
});

describe('an emoji that somebody sent', () => {
  it('is shown as its picture', () => {
    expect(emojiText(thumb)).toBe('👍');
    expect(emojiText({ name: 'family', unified: '1F468-200D-1F469-200D-1F467' })).toBe('👨‍👩‍👧');
    expect(emojiText({ name: 'keycap', unified: '0031-FE0F-20E3' })).toBe('1️⃣');
    expect(unifiedOf('❤️')).toBe('2764-FE0F');
  });

  it('is shown by its name when it is no picture, whatever it is', () => {
    for (const unified of ['110000', 'FFFFFF', '0041-0042', '202E-1F44D', '0031-0032', '', 'zz', 'D800']) {
      expect(emojiText({ name: 'odd', unified }), unified).toBe(':odd:');
    }
  });
});

describe('the row of frequent emoji', () => {
  it('begins with what this user uses most, and is filled up with what everybody uses', () => {
    const crab = { name: 'crab', unified: '1F980', skin: null };
    const uses = [crab, heart, crab].reduce<EmojiUse[]>(withUse, []);
    const row = frequentRow(uses);
    expect(row.slice(0, 3).map(({ name }) => name)).toEqual(['crab', 'red_heart', 'thumbs_up']);
    expect(row).toHaveLength(frequentShown);
    expect(new Set(row.map(({ unified }) => unified)).size).toBe(frequentShown);
  });

  it('forgets what is used no more', () => {
    let uses = [{ emoji: heart, times: 40 }] as EmojiUse[];
    for (let index = 0; index < 41; index++) {
      uses = withUse(uses, thumb);
    }

    expect(frequentRow(uses)[0]).toEqual(thumb);
    expect(uses.find(({ emoji }) => emoji === heart)?.times).toBeLessThan(40);
  });
});

describe('the picker (S49)', () => {
  const groups = emojiGroups(data, messages.groups);
  const find = (label: string) => groups.flatMap(({ emojis }) => emojis).find((emoji) => emoji.label === label);

  it('has every emoji but bare skin tones, each with a name the service takes', () => {
    expect(groups.map(({ key }) => key)).not.toContain('component');
    const all = groups.flatMap(({ emojis }) => emojis);
    expect(all.length).toBeGreaterThan(1_800);
    for (const emoji of all) {
      expect(emoji.name).toMatch(/^[a-z0-9_]{1,64}$/);
      expect(emojiText(inTone(emoji, null)), emoji.label).toBe(emoji.text);
    }

    expect(emojiSlug('flag: Côte d’Ivoire')).toMatch(/^[a-z0-9_]+$/);
  });

  it('sends hands and people in the tone one likes', () => {
    const wave = find('waving hand');
    const couple = find('people holding hands');
    const grin = find('grinning face');
    expect(wave && inTone(wave, '1F3FD')).toMatchObject({ unified: '1F44B-1F3FD', skin: '1F3FD', text: '👋🏽' });
    expect(couple && inTone(couple, '1F3FF').text).toBe('🧑🏿‍🤝‍🧑🏿');
    expect(grin && inTone(grin, '1F3FD')).toMatchObject({ unified: '1F600', skin: null });
  });

  it('finds by the beginnings of words and tags', () => {
    const found = (typed: string) => searchEmojis(groups, typed).flatMap(({ emojis }) => emojis.map(({ label }) => label));
    expect(found('party pop')).toContain('party popper');
    expect(found('yes')).toContain('thumbs up');
    expect(found('qqqq')).toEqual([]);
    expect(found('  ')).toHaveLength(groups.flatMap(({ emojis }) => emojis).length);
  });
});
