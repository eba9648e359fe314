import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const patience = { timeout: 20_000 };

/** What one can learn when something is not as it should be. */
describe('finding out', () => {
  let program: Program;
  let browsers: [Browser, Browser];
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    browsers = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
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

  describe.each(['alice', 'bob'] as const)('as %s', who => {
    const me = () => (who === 'alice' ? alice : bob);

    it('S88 S89: the figures of the last call are there during and after it, for the asker alone', async () => {
      await me().call();
      await me().isConnected();
      await me().unmute();
      await me().sees(people => people.some(one => one.speaking), 'my own voice');
      const session = await me().page.$eval('[data-testid="call-widget"]', card => (card as HTMLElement).dataset['sessionId']);
      await me().says('/call stats');
      const during = JSON.parse(await me().reads('statistics')) as Record<string, unknown>;
      expect(during).toMatchObject({ sessionId: session, endedAt: null, client: { name: who === 'alice' ? 'Chrome on Linux' : 'Firefox on Linux' } });
      expect((during['webrtc'] as { type: string }[]).map(one => one.type)).toContain('candidate-pair');
      const server = during['server'] as { call: { sessions: unknown[] }; media: { transport: string; lines: Record<string, unknown>[] } };
      expect(server.call.sessions).toHaveLength(1);
      expect(server.media).toMatchObject({ session, transport: 'udp', endedBy: null });
      const voice = server.media.lines.find(line => line['role'] === 'voiceOut');
      expect(voice).toMatchObject({ codec: 'opus', loss: expect.any(Number), jitterMs: expect.any(Number) });
      expect(voice?.['packets']).toBeGreaterThan(0);
      expect(voice?.['bytes']).toBeGreaterThan(0);
      expect((during['samples'] as { transport: string }[]).at(-1)?.transport).toMatch(/^UDP to /);
      await me().photographEverywhere(`statistics-${who}`);
      await me().leave();
      await me().page.reload();
      await me().page.waitForSelector('[data-testid="composer"]', patience);
      await me().says('/call stats');
      const after = JSON.parse(await me().reads('statistics')) as Record<string, unknown>;
      expect(after).toMatchObject({ sessionId: session, server: { call: { reason: 'last_left' }, media: { session, transport: 'udp', endedBy: expect.stringMatching(/^closed/) } } });
      expect(after['endedAt']).not.toBeNull();
      const other = who === 'alice' ? bob : alice;
      expect(await other.page.evaluate(() => document.body.innerText)).not.toContain('samples');
    });

    it('S25 S83 S90: the client\'s log comes as a file into the conversation with Calls, without secrets and without what was written', async () => {
      await me().says('Something nobody else needs to know');
      await me().call();
      await me().isConnected();
      await me().says('/call logs');
      await me().click('open-log');
      await me().page.waitForFunction(() => document.querySelector('[data-testid="channel-title"]')?.textContent === 'Calls', patience);
      const link = await me().page.waitForSelector('a[href*="/files/"]', patience);
      expect(await me().reads('call-button-reason')).toContain('cannot answer a call');
      await me().photographEverywhere(`log-${who}`);
      const log = await me().page.evaluate(async address => await (await fetch(address)).text(), await link!.evaluate(one => (one as HTMLAnchorElement).href));
      expect(log.split('\n')[0]).toContain(who === 'alice' ? 'Chrome on Linux' : 'Firefox on Linux');
      expect(log).toMatch(/info call: call_\w+ as sess_\w+/);
      expect(log).toContain('rtc connected');
      expect(log).toContain('event call_started');
      expect(log).not.toContain('Something nobody');
      const token = await me().page.evaluate(() => localStorage.getItem('calls.token'));
      expect(log).not.toContain(token);
    });
  });

  it('S-ch S25: who switches calls off is seen to have done so at once, and the button says why', async () => {
    const admin = await Person.at(browsers[0], program.url, 'admin');
    await admin.signIn();
    await admin.open('town-square');
    await bob.click('channel-menu');
    expect(await bob.page.$('[data-testid="calls-switch"]')).toBeNull();
    await bob.page.keyboard.press('Escape');
    await expect.poll(() => bob.reads('call-button')).toContain('Start call');
    await admin.click('channel-menu');
    await admin.photographEverywhere('calls-switch');
    await admin.click('calls-switch');
    await expect.poll(() => bob.reads('call-button-reason')).toContain('switched off in this channel');
    await bob.photographEverywhere('calls-off');
    await admin.click('channel-menu');
    await admin.click('calls-switch');
    await bob.page.waitForSelector('[data-testid="call-button"]:not([aria-disabled])', patience);
  });

  it('S8 S25: who may start calls in the workspace is seen to have changed at once, and the button says why', async () => {
    const admin = await Person.at(browsers[0], program.url, 'admin');
    await admin.signIn();
    const allow = async (who: string | null) => await admin.page.evaluate(async policy => {
      const headers = { authorization: `Bearer ${localStorage.getItem('calls.token')}`, 'content-type': 'application/json' };
      await fetch('/api/v1/admin/config', { method: 'PUT', headers, body: JSON.stringify({ settings: { 'Policy:Start': policy } }) });
    }, who);
    await Promise.all([alice, bob].map(async one => await one.page.waitForSelector('[data-testid="call-button"]:not([aria-disabled])', patience)));
    await allow('nobody');
    for (const one of [alice, bob]) expect(await one.reads('call-button-reason')).toContain('switched off in the whole workspace');
    await allow('admins');
    await bob.readsAnywhere('Only admins can start calls at the moment');
    await bob.photographEverywhere('calls-for-admins');
    await allow(null);
    await Promise.all([alice, bob].map(async one => await one.page.waitForSelector('[data-testid="call-button"]:not([aria-disabled])', patience)));
    await admin.page.close();
  });

  it('a public channel that one is not in is found, entered and read', async () => {
    const dave = await Person.at(browsers[1], program.url, 'dave');
    await dave.signIn();
    await alice.page.evaluate(async () => {
      const headers = { authorization: `Bearer ${localStorage.getItem('calls.token')}`, 'content-type': 'application/json' };
      await fetch('/api/v1/channels', { method: 'POST', headers, body: JSON.stringify({ kind: 'public', name: 'book-club', displayName: 'Book club' }) });
    });
    await dave.click('browse-channels');
    await dave.page.waitForSelector('[data-testid="browsed"][data-channel-name="book-club"]', patience);
    await dave.photographEverywhere('browse');
    await dave.page.type('[data-testid="browse-find"]', 'club');
    await dave.click('browse-join');
    await dave.page.waitForFunction(() => document.querySelector('[data-testid="channel-title"]')?.textContent === 'Book club', patience);
    await dave.says('Hello, readers.');
    await dave.readsAnywhere('Hello, readers.');
    await dave.page.close();
  });

  it('S84 S91: the page about troubles is there for everybody, at the place that was linked to', async () => {
    const nobody = await Person.at(browsers[1], program.url, 'nobody');
    await nobody.page.goto(`${program.url}/help/troubleshooting#my-screen-cannot-be-shared-on-macos`);
    await expect.poll(() => nobody.reads('help')).toContain('Screen & System Audio Recording');
    await nobody.page.waitForFunction(() => {
      const top = document.getElementById('my-screen-cannot-be-shared-on-macos')?.getBoundingClientRect().top;
      return top !== undefined && top >= 0 && top < window.innerHeight / 2;
    }, patience);
    await nobody.photographEverywhere('help');
  });
});
