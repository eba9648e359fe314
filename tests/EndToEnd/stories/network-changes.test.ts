import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { MediaRoute } from '../support/mediaRoute.ts';
import { Person } from '../support/person.ts';
import { freePort } from '../support/ports.ts';
import { Program } from '../support/program.ts';

const patience = { timeout: 30_000, polling: 50 };

/** Counts the answers that peer connections of the page have taken: one at first, one more per ICE restart. */
async function countAnswers(page: Page): Promise<(count: number) => Promise<void>> {
  await page.evaluateOnNewDocument(() => {
    const take = RTCPeerConnection.prototype.setRemoteDescription;
    let taken = 0;
    RTCPeerConnection.prototype.setRemoteDescription = async function (...description: unknown[]) {
      await Reflect.apply(take, this, description);
      document.documentElement.dataset['answers'] = String(++taken);
    };
  });
  return async count => {
    await page.waitForFunction(wanted => Number(document.documentElement.dataset['answers']) >= wanted, patience, count);
  };
}

describe('a network that changes in the middle of a call (D12)', () => {
  let program: Program;
  let browser: Browser;
  let route: MediaRoute;

  beforeAll(async () => {
    const port = await freePort();
    program = await Program.start({ 'media:port': String(port), 'media:addresses': '127.0.0.1', 'media:advertise': '127.0.0.9' });
    route = await MediaRoute.open('127.0.0.9', '127.0.0.1', port);
    browser = await launch('chromium', { hertz: 440 });
  });
  afterAll(async () => {
    await browser.close();
    route.close();
    await program.stop();
  });

  it('is noticed by nobody while media flows, and the loss that follows is repaired', async () => {
    const [alice, bob] = await Promise.all([Person.at(browser, program.url, 'alice'), Person.at(browser, program.url, 'bob')]);
    const answers = await countAnswers(alice.page);
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    await alice.unmute();
    await bob.hears(440);

    await alice.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await answers(2);
    await bob.hears(440);
    await expect.poll(() => alice.page.$eval('[data-testid="call-health"]', one => (one as HTMLElement).hidden || one.textContent)).toBe(true);

    route.cut();
    await alice.page.waitForSelector('[data-testid="call-health"][data-trouble="true"]:not([hidden])', { timeout: 30_000 });
    await answers(3);
    route.mend();
    await alice.page.waitForSelector('[data-testid="call-health"]', { hidden: true, timeout: 30_000 });
    await bob.hears(440);
  });
});
