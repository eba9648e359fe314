import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

/** Pictures for people to look at, in test-artifacts/screenshots; what a machine can check of them is checked. */
describe('the page fits wide and narrow screens, light and dark', () => {
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    program = await Program.start();
    browser = await launch('chromium', { hertz: 440 });
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('S9: the widget stays while one goes through the pages, and nothing is wider than the screen', async () => {
    const alice = await Person.at(browser, program.url, 'alice');
    await alice.page.goto(program.url);
    await alice.page.waitForSelector('[data-testid="sign-in"]');
    await alice.photograph('sign-in-1280-light');
    await alice.signIn();
    await alice.open('town-square');
    await alice.call();
    await alice.isConnected();
    await alice.photographEverywhere('call');
    await alice.open('roof-garden');
    await alice.page.waitForSelector('[data-testid="call-widget"]');
    await alice.leave();
  });
});
