import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

describe('media that never connects', () => {
  let browser: Browser;
  let program: Program;

  beforeAll(async () => {
    // As behind a firewall, or with a wrong address: browsers are told to send where nobody answers.
    program = await Program.start({ 'media:addresses': '127.0.0.1', 'media:advertise': '127.0.0.9' });
    browser = await launch('chromium', { hertz: 440 });
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('S81: is told, with the transports tried, and the session ends with media_timeout', async () => {
    const alice = await Person.at(browser, program.url, 'alice');
    await alice.signIn();
    await alice.open('town-square');
    await alice.call();
    await alice.page.waitForSelector('[data-testid="media-failed"]', { timeout: 40_000 });
    await expect.poll(() => alice.reads('transports-tried')).toMatch(/udp.*127\.0\.0\.9/is);
    expect(await alice.page.$eval('[data-testid="media-help"]', link => link.getAttribute('href'))).toMatch(/^\/help\/troubleshooting#/);
    await alice.photograph('media-failed-1280-light');
    await alice.page.waitForSelector('[data-testid="call-post"][data-state="ended"]', { timeout: 40_000 });
  });
});
