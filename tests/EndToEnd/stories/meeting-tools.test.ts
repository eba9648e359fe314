import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const patience = { timeout: 20_000 };
const tones = { alice: 440, bob: 660 };
const input = '[data-testid="composer"] [data-testid="composer-input"]';

/** What makes a call a meeting: commands, chat, keys, and a widget where one wants it. */
describe('the tools of a meeting', () => {
  let program: Program;
  let browsers: [Browser, Browser];
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    browsers = await Promise.all([launch('chromium', { hertz: tones.alice }), launch('firefox', { hertz: tones.bob })]);
  });
  afterAll(async () => { await Promise.all(browsers.map(browser => browser.close())); });
  beforeEach(async () => {
    program = await Program.start();
    alice = await Person.at(browsers[0], program.url, 'alice');
    bob = await Person.at(browsers[1], program.url, 'bob');
    await Promise.all([alice.signIn(), bob.signIn()]);
    await Promise.all([alice.open('town-square'), bob.open('town-square')]);
  });
  afterEach(async () => {
    await Promise.all([alice.page.close(), bob.page.close()]);
    await program.stop();
  });

  const options = (person: Person) =>
    person.page.$$eval('[data-testid="command-option"]', all => all.map(one => (one as HTMLElement).dataset['text']));
  const write = async (person: Person, text: string) => {
    await person.page.focus(input);
    await person.page.type(input, text);
  };
  const written = (person: Person) => person.page.$eval(input, field => (field as HTMLTextAreaElement).value);

  describe.each(['alice', 'bob'] as const)('as %s', who => {
    const me = () => (who === 'alice' ? alice : bob);

    it('S30: a slash command is completed by keys and by mouse, to what may be done now, and its answer is seen by nobody else', async () => {
      await write(me(), '/');
      await me().page.waitForSelector('[data-testid="command-list"]', patience);
      await expect.poll(() => options(me())).toContain('/call start');
      expect(await options(me())).not.toContain('/call leave');
      await me().photographEverywhere(`commands-${who}`);
      await me().page.keyboard.press('ArrowDown');
      await expect.poll(() => me().page.$eval(input, field => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.dataset['text'])).toBe('/call link');
      await me().page.keyboard.press('Tab');
      await expect.poll(() => written(me())).toBe('/call link');
      await me().page.keyboard.press('Enter');
      await expect.poll(() => me().reads('command-response')).toContain('?join_call=true');
      await me().open('roof-garden');
      await me().open('town-square');
      await expect.poll(() => me().reads('command-response')).toContain('Only you see this');
      await me().photograph(`command-answer-${who}`);

      await write(me(), '/call st');
      await me().page.locator('[data-testid="command-option"][data-text="/call start"]').click();
      await expect.poll(() => written(me())).toBe('/call start ');
      await me().page.type(input, 'Stand-up');
      await me().page.keyboard.press('Enter');
      await me().page.waitForSelector('[data-testid="call-widget"]', patience);
      await me().readsAnywhere('Stand-up');

      await write(me(), '/call ');
      await expect.poll(() => options(me())).toEqual(expect.arrayContaining(['/call leave', '/call end', '/call mute-all']));
      await me().page.keyboard.press('Escape');
      await expect.poll(() => options(me())).toEqual([]);
      await write(me(), 'leave');
      await me().page.keyboard.press('Enter');
      await me().page.waitForSelector('[data-testid="call-widget"]', { ...patience, hidden: true });
      const other = who === 'alice' ? bob : alice;
      expect(await other.page.evaluate(() => document.body.innerText)).not.toContain('?join_call=true');
    });

    it('S51 S52: the badge counts what others wrote in the chat until it is looked at', async () => {
      const other = who === 'alice' ? bob : alice;
      await Promise.all([alice.call(), bob.call()]);
      await other.click('call-settings');
      await other.click('menu-chat');
      await other.says('One', 'thread-composer');
      await other.says('Two', 'thread-composer');
      await me().page.waitForFunction(() => document.querySelector('[data-testid="chat-unread"]')?.textContent === '2', patience);
      expect(await other.page.$('[data-testid="chat-unread"]')).toBeNull();
      await me().click('call-settings');
      await me().page.waitForSelector('[data-testid="menu-chat-unread"]', patience);
      await me().photographEverywhere(`chat-badge-${who}`);
      await me().click('menu-chat');
      await me().page.waitForSelector('[data-testid="chat-unread"]', { ...patience, hidden: true });
      await other.says('Three', 'thread-composer');
      await me().readsAnywhere('Three');
      await me().page.waitForSelector('[data-testid="chat-unread"]', { ...patience, hidden: true });
    });

    it('who is muted is heard while they hold the space bar, and not after it', async () => {
      const other = who === 'alice' ? bob : alice;
      await Promise.all([alice.call(), bob.call()]);
      await Promise.all([alice.isConnected(), bob.isConnected()]);
      await me().page.focus(input);
      await me().page.keyboard.press(' ');
      expect(await me().page.$eval('[data-testid="call-widget"]', card => (card as HTMLElement).dataset['muted'])).toBe('true');
      await me().page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await me().page.keyboard.down(' ');
      await other.hears(tones[who]);
      await me().page.keyboard.up(' ');
      await other.sees(people => people.some(one => one.username === who && one.muted), `${who} muted again`);
      await other.hearsNothing();
    });

    it('S29: the widget stays where it was dragged to, over a reload and whatever the window does', async () => {
      await me().call();
      const place = () => me().page.$eval('[data-testid="call-widget"]', card => {
        const { left, top, right, bottom } = card.getBoundingClientRect();
        return { left: Math.round(left), top: Math.round(top), right, bottom };
      });
      await me().isConnected(); // What the widget says grows and shrinks until then, and the grip with it.
      await me().page.locator('[data-testid="widget-grip"]').setTimeout(patience.timeout).hover();
      await me().page.mouse.down();
      await me().page.mouse.move(700, 300, { steps: 5 });
      await me().page.mouse.up();
      await expect.poll(async () => (await place()).left).toBeGreaterThan(600);
      const dragged = await place();
      await me().photograph(`widget-dragged-${who}`);
      await me().page.reload();
      await me().page.waitForSelector('[data-testid="call-widget"][data-floating="true"]', patience);
      await expect.poll(place).toMatchObject({ left: dragged.left, top: dragged.top });
      await me().page.setViewport({ width: 800, height: 320 });
      await expect.poll(async () => (await place()).right).toBeLessThanOrEqual(800);
      await expect.poll(async () => (await place()).bottom).toBeLessThanOrEqual(320);
      await me().page.setViewport({ width: 390, height: 844 });
      await me().page.waitForSelector('[data-testid="widget-grip"]', { ...patience, hidden: true });
      await expect.poll(async () => (await place()).left).toBe(0);
      await me().page.setViewport({ width: 1280, height: 800 });
      await me().page.waitForSelector('[data-testid="widget-grip"]', patience);
      await expect.poll(place).toMatchObject({ left: dragged.left, top: dragged.top });
      await me().page.focus('[data-testid="widget-grip"]');
      await me().page.keyboard.press('ArrowLeft');
      await expect.poll(async () => (await place()).left).toBe(dragged.left - 16);
      await me().page.keyboard.press('Home');
      await expect.poll(async () => (await place()).left).toBeLessThan(60);
    });

    it('the dialog of shortcuts comes by its key and from the menu', async () => {
      await me().call();
      await me().page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await me().page.keyboard.type('?');
      await me().page.waitForSelector('[data-testid="shortcuts"]', patience);
      await expect.poll(() => me().page.$$eval('[data-testid="shortcut"]', all => all.map(one => (one as HTMLElement).dataset['shortcut']))).toEqual(
        ['call', 'mute', 'talk', 'hand', 'react', 'screen', 'participants', 'record', 'leave', 'help']);
      await me().photographEverywhere(`shortcuts-${who}`);
      await me().page.keyboard.press('Escape');
      await me().page.waitForSelector('[data-testid="shortcuts"]', { ...patience, hidden: true });
      await me().click('call-settings');
      await me().click('menu-shortcuts');
      await me().page.waitForSelector('[data-testid="shortcuts"]', patience);
    });
  });

  it('S37 S44 S47: the host runs the call by commands, and others are offered none of that', async () => {
    await alice.call();
    await bob.call();
    await alice.sees(people => people.length === 2, 'two people');
    await bob.unmute();
    await write(alice, '/call mute-all');
    await alice.page.keyboard.press('Enter');
    await bob.sees(people => people.every(one => one.muted), 'everybody muted');
    await write(bob, '/call ');
    await bob.page.waitForSelector('[data-testid="command-list"]', patience);
    expect(await options(bob)).not.toContain('/call end');
    await bob.page.keyboard.press('Escape');
    await write(alice, '/call host ');
    await expect.poll(() => options(alice)).toEqual(['/call host @bob']);
    await alice.photographEverywhere('commands-host');
    await alice.page.keyboard.press('Enter');
    await expect.poll(() => written(alice)).toBe('/call host @bob');
    await alice.page.keyboard.press('Enter');
    await bob.page.waitForFunction(() => document.querySelector('[data-testid="participant"][data-username="bob"]')?.textContent?.includes('host'), patience);
    await bob.page.focus(input);
    await bob.page.keyboard.type('end');
    await bob.page.keyboard.press('Enter');
    await alice.page.waitForSelector('[data-testid="call-widget"]', { ...patience, hidden: true });
  });

  it('one who is too loud is turned down for oneself alone, and stays so', async () => {
    await Promise.all([alice.call(), bob.call()]);
    await bob.sees(people => people.length === 2, 'two people');
    await bob.click('participant-menu');
    await bob.page.waitForSelector('[data-testid="volume"]', patience);
    await bob.photographEverywhere('volume');
    await bob.page.focus('[data-testid="volume"]');
    for (let i = 0; i < 4; i++) await bob.page.keyboard.press('ArrowLeft');
    await bob.page.keyboard.press('Escape');
    await alice.unmute();
    const loudness = () => bob.page.$$eval('[data-testid="voice-slot"][data-session-id]', all => all.map(one => (one as HTMLAudioElement).volume));
    await bob.page.waitForFunction(() => document.querySelector('[data-testid="voice-slot"][data-session-id]') !== null, patience);
    await expect.poll(loudness).toEqual([0.8]);
    await bob.page.reload();
    await bob.page.waitForFunction(() => document.querySelector('[data-testid="voice-slot"][data-session-id]') !== null, patience);
    await expect.poll(loudness).toEqual([0.8]);
  });
});
