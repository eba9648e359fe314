import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];

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
    for (const size of sizes) {
      await alice.page.setViewport(size);
      for (const scheme of ['light', 'dark']) {
        await alice.page.emulateMediaFeatures([
          { name: 'prefers-color-scheme', value: scheme },
          // A picture in the middle of a movement shows nothing.
          { name: 'prefers-reduced-motion', value: 'reduce' },
        ]);
        await alice.photograph(`call-${size.width}-${scheme}`);
      }
      expect(await alice.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    }
    await alice.page.setViewport(sizes[0]!);
    await alice.open('roof-garden');
    await alice.page.waitForSelector('[data-testid="call-widget"]');
    await alice.leave();
  });
});
