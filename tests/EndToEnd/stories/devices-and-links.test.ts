import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const patience = { timeout: 20_000 };

describe('devices, reloads, links and refusals', () => {
  let program: Program;
  let chromium: Browser;
  let firefox: Browser;

  beforeEach(async () => { program = await Program.start(); });
  afterEach(async () => { await program.stop(); });
  beforeAll(async () => {
    [chromium, firefox] = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
  });
  afterAll(async () => {
    await Promise.all([chromium.close(), firefox.close()]);
  });

  it('S19 S20: three sessions of two users count three, each with its own mute', async () => {
    const laptop = await Person.at(chromium, program.url, 'alice');
    const phone = await Person.at(chromium, program.url, 'alice');
    const bob = await Person.at(firefox, program.url, 'bob');
    for (const one of [laptop, phone, bob]) {
      await one.signIn();
      await one.open('roof-garden');
      await one.call();
    }
    await laptop.unmute();
    const asItIs = (people: { username: string; muted: boolean }[]) =>
      people.length === 3
      && people.filter(one => one.username === 'alice').length === 2
      && people.filter(one => one.username === 'alice' && one.muted).length === 1;
    for (const one of [laptop, phone, bob]) await one.sees(asItIs, 'two devices of alice, one of them muted, and bob');
    await bob.hears(440);
    for (const one of [laptop, phone, bob]) await one.leave();
  });

  it('S10: a reload resumes the session with its place and its voice', async () => {
    const alice = await Person.at(chromium, program.url, 'alice');
    const bob = await Person.at(firefox, program.url, 'bob');
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    await alice.unmute();
    await bob.hears(440);
    await alice.sees(people => people.length === 2, 'alice and bob');
    const before = await alice.page.$eval('[data-testid="participant"][data-username="alice"]', row => (row as HTMLElement).dataset['sessionId']);
    await alice.page.reload();
    await alice.page.waitForSelector('[data-testid="call-widget"]', patience);
    await alice.isConnected();
    const after = await alice.page.$eval('[data-testid="participant"][data-username="alice"]', row => (row as HTMLElement).dataset['sessionId']);
    expect(after).toBe(before);
    await bob.sees(people => people.length === 2, 'two people still');
    await bob.hears(440);
    for (const one of [alice, bob]) await one.leave();
  });

  it('S13: the call link opens the channel and joins by itself, also after signing in', async () => {
    const alice = await Person.at(chromium, program.url, 'alice');
    await alice.signIn();
    await alice.open('town-square');
    const channel = new URL(alice.page.url()).pathname;
    const bob = await Person.at(firefox, program.url, 'bob');
    await bob.signIn(`${channel}?join_call=true`);
    await bob.page.waitForSelector('[data-testid="call-widget"]', patience);
    await bob.sees(people => people.length === 1 && people[0]?.username === 'bob', 'bob in the call');
    await bob.leave();
  });

  it('S14 S16: the link of an archived channel says so, that of a channel one may not see finds nothing', async () => {
    const dave = await Person.at(chromium, program.url, 'dave');
    await dave.signIn();
    await dave.open('winter-party');
    await dave.page.waitForSelector('[data-testid="archived"]', patience);
    expect((await dave.reads('call-button-reason')).toLowerCase()).toContain('archived');

    const alice = await Person.at(chromium, program.url, 'alice');
    await alice.signIn();
    await alice.open('roof-garden');
    await dave.page.goto(`${program.url}${new URL(alice.page.url()).pathname}?join_call=true`);
    await dave.page.waitForSelector('[data-testid="not-found"]', patience);
  });

  it('S17: a guest of the channel may start a call and is its host', async () => {
    const guest = await Person.at(chromium, program.url, 'guest');
    await guest.signIn();
    await guest.open('town-square');
    await guest.call();
    await guest.sees(people => people.length === 1 && people[0]?.username === 'guest', 'the guest in the call');
    await expect.poll(() => guest.page.$eval('[data-testid="participant"]', row => row.textContent)).toContain('host');
    await guest.leave();
  });

  it('posts and replies reach the other side as they are written, and the call thread is its chat', async () => {
    const alice = await Person.at(chromium, program.url, 'alice');
    const bob = await Person.at(firefox, program.url, 'bob');
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
    }
    await alice.says('Ready when you are.');
    await bob.readsAnywhere('Ready when you are.');
    await alice.call();
    await bob.call();
    for (const one of [alice, bob]) {
      await one.click('call-settings');
      await one.click('menu-chat');
      await one.page.waitForSelector('[data-testid="thread"]', patience);
    }
    await bob.says('Here is the agenda.', 'thread-composer');
    await alice.readsAnywhere('Here is the agenda.');
    for (const one of [alice, bob]) await one.leave();
  });

  it('S18: signing out on one device ends the session there, and the others are told', async () => {
    const alice = await Person.at(chromium, program.url, 'alice');
    const bob = await Person.at(firefox, program.url, 'bob');
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    const token = await alice.page.evaluate(() => Object.values({ ...localStorage, ...sessionStorage }).join(' '));
    expect(token).not.toContain('calls-demo');
    await bob.sees(people => people.length === 2, 'alice and bob');
    await alice.click('user-menu');
    await alice.click('sign-out');
    await alice.page.waitForSelector('[data-testid="sign-in"]', patience);
    await bob.sees(people => people.length === 1, 'bob alone');
    await bob.leave();
  });
});
