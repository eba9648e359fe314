import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { carriesFiles, keepPageOnDrop } from '../src/ui/keepPageOnDrop';
import { Later } from '../src/ui/later';
import { dialogOpened, onDialogs, topDialog } from '../src/ui/openDialogs';
import { PageBoundary } from '../src/ui/PageBoundary';

describe('a part of the page that is loaded later', () => {
  it('is asked for anew after it could not be loaded, and never twice once it is here', async () => {
    let asked = 0;
    const part = new Later(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new TypeError('Failed to fetch dynamically imported module')) : Promise.resolve('picker');
    });
    await part.load();
    expect(part.state()).toEqual({ kind: 'failed' });
    await Promise.all([part.load(), part.load()]);
    await part.load();
    expect([part.state(), asked]).toEqual([{ kind: 'loaded', value: 'picker' }, 2]);
  });
});

describe('a fault in the page', () => {
  it('leaves words and a way back instead of nothing', () => {
    const boundary = new PageBoundary({ children: createElement('p', null, 'the page') });
    expect(renderToStaticMarkup(boundary.render())).toBe('<p>the page</p>');
    boundary.state = PageBoundary.getDerivedStateFromError();
    expect(renderToStaticMarkup(boundary.render())).toContain('Load again');
  });
});

describe('something that is let go over the page', () => {
  const drop = (types: string[]) => Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types, dropEffect: 'copy' } });
  const page = new EventTarget();
  keepPageOnDrop(page);

  it('does not take its place when it is a file', () => {
    const file = drop(['Files']);
    page.dispatchEvent(file);
    expect([file.defaultPrevented, file.dataTransfer.dropEffect]).toEqual([true, 'none']);
  });

  it('is left to the browser when it is a text', () => {
    const text = drop(['text/plain', 'text/html']);
    page.dispatchEvent(text);
    expect([text.defaultPrevented, carriesFiles(text.dataTransfer), carriesFiles(null)]).toEqual([false, false, false]);
  });
});

describe('open dialogs', () => {
  it('say which one lies on top, however they are closed, so that notices can be read there', () => {
    const dialog = (name: string) => ({ name }) as unknown as HTMLDialogElement;
    const [members, removed] = [dialog('members'), dialog('removed')];
    const tops: (HTMLDialogElement | null)[] = [];
    const stop = onDialogs(() => tops.push(topDialog()));
    const closeMembers = dialogOpened(members);
    const closeRemoved = dialogOpened(removed);
    closeMembers();
    closeRemoved();
    stop();
    expect(tops).toEqual([members, removed, removed, null]);
  });
});
