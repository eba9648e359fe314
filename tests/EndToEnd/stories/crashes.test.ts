import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { freePort } from '../support/ports.ts';
import { Program } from '../support/program.ts';

/** A dead node is known as dead after 15 s, and a lost session is kept for 30 s. */
const recovery = 60_000;
const nodeKey = 'a key of thirty-two characters ok';

describe('what dies is survived', () => {
  let chromium: Browser;
  let firefox: Browser;

  beforeAll(async () => {
    [chromium, firefox] = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
  });
  afterAll(async () => { await Promise.all([chromium.close(), firefox.close()]); });

  async function talk(url: string): Promise<[Person, Person]> {
    const alice = await Person.at(chromium, url, 'alice');
    const bob = await Person.at(firefox, url, 'bob');
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    await alice.unmute();
    await bob.hears(440);
    return [alice, bob];
  }

  it('kill -9 of everything in the middle of a call loses no post, no member and nobody of the call', async () => {
    const program = await Program.start();
    const [alice, bob] = await talk(program.url);
    await alice.says('Written before the power cut.');
    await bob.readsAnywhere('Written before the power cut.');
    await program.kill();
    await program.run();
    await bob.sees(people => people.length === 2 && people.every(one => one.connection === 'connected'), 'both back', recovery);
    await bob.hears(440, recovery);
    const carol = await Person.at(chromium, program.url, 'carol');
    await carol.signIn();
    await carol.open('town-square');
    await carol.readsAnywhere('Written before the power cut.');
    await program.stop();
  });

  it('a media node of its own may be killed and started again: the call goes on', async () => {
    const [api, port] = [await freePort(), await freePort()];
    const control = await Program.start({ 'roles': 'silo,gateway', 'media:nodekey': nodeKey });
    const node = await Program.start({
      'roles': 'media', 'media:nodekey': nodeKey, 'media:controlplane': control.url,
      'media:apiurl': `http://127.0.0.1:${api}`, 'media:port': String(port), 'media:drainseconds': '0',
    });
    const [alice, bob] = await talk(control.url);
    await node.kill();
    await node.run();
    await bob.hears(440, recovery);
    for (const one of [alice, bob]) await one.sees(people => people.length === 2, 'both still there');
    for (const program of [node, control]) await program.stop();
  });

  it('a second media node takes over when the first one dies for good', async () => {
    const control = await Program.start({ 'roles': 'silo,gateway', 'media:nodekey': nodeKey });
    const node = async () => await Program.start({
      'roles': 'media', 'media:nodekey': nodeKey, 'media:controlplane': control.url,
      'media:apiurl': `http://127.0.0.1:${await freePort()}`, 'media:port': String(await freePort()), 'media:drainseconds': '0',
    });
    const first = await node();
    const [alice, bob] = await talk(control.url);
    const second = await node();
    await first.kill();
    await bob.hears(440, recovery);
    for (const one of [alice, bob]) await one.sees(people => people.length === 2, 'both still there');
    for (const program of [second, control]) await program.stop();
    await first.stop();
  });

  it('Ctrl-C stops cleanly, and a second start finds everything again', async () => {
    const program = await Program.start();
    const alice = await Person.at(chromium, program.url, 'alice');
    await alice.signIn();
    await alice.open('town-square');
    await alice.says('Kept over night.');
    await alice.readsAnywhere('Kept over night.');
    expect(await program.interrupt()).toBe(0);
    await program.run();
    const bob = await Person.at(firefox, program.url, 'bob');
    await bob.signIn();
    await bob.open('town-square');
    await bob.readsAnywhere('Kept over night.');
    await program.stop();
  });
});
