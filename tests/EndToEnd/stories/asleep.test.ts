import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';
import { fallAsleep } from '../support/sleep.ts';

/** A silent connection is known as lost after 15 s, and a lost session is kept for 30 s. */
const recovery = 60_000;

describe('a laptop asleep (D11, D12)', () => {
  let program: Program;
  let chromium: Browser;
  let firefox: Browser;

  beforeAll(async () => {
    program = await Program.start();
    [chromium, firefox] = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
  });
  afterAll(async () => {
    await Promise.all([chromium.close(), firefox.close()]);
    await program.stop();
  });

  it('comes back with its place, chair, hand and voice once the others saw it gone', async () => {
    const alice = await Person.at(chromium, program.url, 'alice');
    const bob = await Person.at(firefox, program.url, 'bob');
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    await alice.unmute();
    await alice.click('hand-button');
    await bob.hears(440);

    const wakeUp = fallAsleep(chromium);
    try {
      await bob.sees(people => people.find(one => one.username === 'alice')?.connection === 'disconnected', 'alice gone', recovery);
    } finally {
      wakeUp();
    }

    await bob.sees(people => people.length === 2 && people.every(one => one.connection === 'connected'), 'alice back', recovery);
    await bob.hears(440, recovery);
    for (const one of [alice, bob]) {
      await one.sees(people => people.length === 2 && people.some(person => person.username === 'alice' && !person.muted), 'alice unmuted');
      await one.finds(`${one.row('alice')} [data-testid="raised-hand"]`);
      await one.finds(`${one.row('alice')} [data-testid="host-badge"]`);
    }
  });
});
