import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, HTTPRequest } from 'puppeteer-core';
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

  it('has the way to the channels on a page that is no channel of mine, and while the service is busy', async () => {
    const headers = { 'content-type': 'application/json' };
    const signIn = { method: 'POST', headers, body: JSON.stringify({ username: 'alice', password: 'calls-demo' }) };
    const { token } = await (await fetch(`${program.url}/api/v1/sign-in`, signIn)).json() as { token: string };
    const club = { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` }, body: JSON.stringify({ kind: 'public', name: 'club', displayName: 'Club' }) };
    const { id } = await (await fetch(`${program.url}/api/v1/channels`, club)).json() as { id: string };
    const dave = await Person.at(browser, program.url, 'dave');
    await dave.signIn();
    await dave.page.setViewport({ width: 390, height: 844 });
    const busy = (request: HTTPRequest) => void (request.url().endsWith(id) && request.resourceType() === 'fetch'
      ? request.respond({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'unavailable' }) })
      : request.continue());
    await dave.page.setRequestInterception(true);
    dave.page.on('request', busy);
    await dave.page.goto(`${program.url}/channels/${id}`);
    await dave.readsAnywhere('cannot be reached right now');
    await dave.photographEverywhere('unreachable');
    dave.page.off('request', busy);
    await dave.page.setRequestInterception(false);
    await dave.finds('[data-testid="not-a-member"]');
    await dave.photographEverywhere('not-a-member');
    await dave.click('show-channels');
    await expect.poll(() => dave.page.$eval('.sidebar', sidebar => sidebar.getBoundingClientRect().left)).toBe(0);
    await dave.photograph('not-a-member-channels');
  });
});
