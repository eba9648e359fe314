import { describe, expect, it } from 'vitest';
import troubleshooting from '../../docs/TROUBLESHOOTING.md?raw';
import { helpPath, isHelpPath } from '../src/help/helpPath';
import { parseInline, parseMarkdown } from '../src/help/markdown';

describe('the help page', () => {
  it('has every heading that the client links to (S81)', () => {
    const ids = parseMarkdown(troubleshooting).flatMap((block) => (block.kind === 'heading' ? [block.id] : []));
    const linked = [helpPath('the-call-drops-after-a-few-seconds-or-never-connects'), helpPath('nobody-hears-me')];
    expect(linked.map((path) => path.split('#')[1]).filter((id) => id === undefined || !ids.includes(id))).toEqual([]);
    expect(linked.every((path) => isHelpPath(path.split('#')[0] ?? ''))).toBe(true);
  });

  it('answers what people ask (S84-S87 S91 S92)', () => {
    for (const words of ['macOS', 'hear', 'few seconds', 'console', 'chrome://webrtc-internals', 'about:webrtc', '/call stats', '/call logs', 'rtc connected']) {
      expect(troubleshooting).toContain(words);
    }
  });

  it('leaves no mark of Markdown in what is shown', () => {
    const shown = JSON.stringify(parseMarkdown(troubleshooting));
    expect(shown).not.toMatch(/`|\*\*|\]\(|#{2}/);
  });

  it('knows headings, paragraphs, and lists with points in points', () => {
    const page = '# One\n\nTwo\nthree.\n\n1. Four\n   five\n   - six\n2. Seven';
    expect(parseMarkdown(page)).toEqual([
      { kind: 'heading', level: 1, id: 'one', text: [{ kind: 'text', text: 'One' }] },
      { kind: 'paragraph', text: [{ kind: 'text', text: 'Two three.' }] },
      {
        kind: 'list',
        isOrdered: true,
        items: [
          { text: [{ kind: 'text', text: 'Four five' }], inner: [[{ kind: 'text', text: 'six' }]] },
          { text: [{ kind: 'text', text: 'Seven' }], inner: [] },
        ],
      },
    ]);
  });

  it('knows code, weight and links within a line', () => {
    expect(parseInline('a **`b`** *c* `d` [e](f.md).').map((part) => [part.kind, part.text])).toEqual([
      ['text', 'a '],
      ['strong', 'b'],
      ['text', ' '],
      ['emphasis', 'c'],
      ['text', ' '],
      ['code', 'd'],
      ['text', ' '],
      ['link', 'e'],
      ['text', '.'],
    ]);
  });
});
