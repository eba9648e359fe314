import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserKind } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const kinds: BrowserKind[] = ['chromium', 'firefox'];
const pairs = kinds.flatMap(alice => kinds.map(bob => [alice, bob] as const));
const tones = { alice: 440, bob: 660 };

describe('two people talk', () => {
  let program: Program;

  beforeAll(async () => { program = await Program.start(); });
  afterAll(async () => { await program.stop(); });

  describe.each(pairs)('alice in %s and bob in %s', (aliceKind, bobKind) => {
    let browsers: Browser[];
    let alice: Person;
    let bob: Person;

    beforeAll(async () => {
      browsers = await Promise.all([launch(aliceKind, { hertz: tones.alice }), launch(bobKind, { hertz: tones.bob })]);
      alice = await Person.at(browsers[0]!, program.url, 'alice');
      bob = await Person.at(browsers[1]!, program.url, 'bob');
      await Promise.all([alice.signIn(), bob.signIn()]);
    });
    afterAll(async () => { await Promise.all(browsers.map(browser => browser.close())); });

    it('S1 S11 S26 S27: alice starts a call in a public channel, bob joins it, both are muted', async () => {
      await Promise.all([alice.open('town-square'), bob.open('town-square')]);
      await alice.call();
      await bob.page.waitForSelector('[data-testid="call-banner"]');
      await expect.poll(() => bob.reads('call-button')).toContain('Join call');
      await bob.call();
      await Promise.all([alice.isConnected(), bob.isConnected()]);
      await alice.sees(people => people.length === 2 && people.every(one => one.muted), 'two muted people');
      await bob.sees(people => people.length === 2 && people.every(one => one.muted), 'two muted people');
      await bob.hearsNothing();
    });

    it('bob hears the tone of alice when she unmutes, and sees that she speaks', async () => {
      await alice.unmute();
      await bob.hears(tones.alice);
      await bob.sees(people => people.some(one => one.username === 'alice' && one.speaking && !one.muted), 'alice speaking');
    });

    it('nothing is heard while she is muted', async () => {
      await alice.mute();
      await bob.hearsNothing();
      await bob.sees(people => people.some(one => one.username === 'alice' && one.muted && !one.speaking), 'alice muted');
    });

    it('alice hears bob, and each hears only the other', async () => {
      await bob.unmute();
      await alice.hears(tones.bob);
      await alice.unmute();
      await bob.hears(tones.alice);
      await alice.hears(tones.bob);
    });

    it('D16: the last one to leave ends the call, and its card says how long it was', async () => {
      await bob.leave();
      await alice.sees(people => people.length === 1, 'alice alone');
      await alice.leave();
      await alice.page.waitForSelector('[data-testid="call-post"][data-state="ended"]');
      await expect.poll(() => alice.reads('call-button')).toContain('Start call');
    });

    it('S28: in a direct channel both are heard at once', async () => {
      await Promise.all([alice.open('Bob Baker'), bob.open('Alice Archer')]);
      await alice.call();
      await bob.call();
      await Promise.all([bob.hears(tones.alice), alice.hears(tones.bob)]);
      await Promise.all([alice.leave(), bob.leave()]);
    });
  });
});
