import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import puppeteer, { type Browser } from 'puppeteer-core';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

describe('media that never connects', () => {
  let browser: Browser;
  let program: Program;

  beforeAll(async () => {
    program = await Program.start();
    // As behind a firewall that lets no UDP out.
    browser = await puppeteer.launch({
      executablePath: '/usr/bin/chromium',
      headless: true,
      args: [
        '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      ],
    });
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
    expect(await alice.reads('transports-tried')).toMatch(/udp/i);
    await alice.photograph('media-failed-1280-light');
  });
});
