import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

describe('a page over plain http from elsewhere (S-tls)', () => {
  let program: Program;
  let chromium: Browser;

  beforeAll(async () => {
    program = await Program.start();
    // The same address, by a name that no browser takes for its own machine.
    chromium = await launch('chromium', { hertz: 440 }, ['--host-resolver-rules=MAP calls.test 127.0.0.1']);
  });
  afterAll(async () => {
    await chromium.close();
    await program.stop();
  });

  it('S-tls: one may join and listen, and is told why there is no microphone', async () => {
    const alice = await Person.at(chromium, program.url.replace('localhost', 'calls.test'), 'alice');
    await alice.signIn();
    await alice.open('town-square');
    await alice.call();
    await alice.isConnected();
    await alice.click('mute-button');
    await alice.isTold('not opened over https');
  });
});
