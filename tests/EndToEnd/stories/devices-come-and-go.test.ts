import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const patience = { timeout: 20_000 };

interface Plugs {
  pull(deviceId: string): void;
  put(deviceId: string): void;
}

/** Chromium has several fake devices, but none that can be pulled out: the page is told that one was. */
async function withPlugs(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const media = navigator.mediaDevices;
    const gone = new Set<string>();
    const open: MediaStreamTrack[] = [];
    const enumerate = media.enumerateDevices.bind(media);
    const ask = media.getUserMedia.bind(media);
    media.enumerateDevices = async () => (await enumerate()).filter(device => !gone.has(device.deviceId));
    media.getUserMedia = async wish => {
      const audio = (wish?.audio ?? {}) as MediaTrackConstraints;
      const wanted = (audio.deviceId as { exact?: string } | undefined)?.exact;
      if (wanted !== undefined && gone.has(wanted)) throw new OverconstrainedError('deviceId');
      const stream = await ask({ audio });
      open.push(...stream.getTracks());
      return stream;
    };
    const plugs: Plugs = {
      pull: deviceId => {
        gone.add(deviceId);
        open.filter(track => track.getSettings().deviceId === deviceId).forEach(track => track.dispatchEvent(new Event('ended')));
        media.dispatchEvent(new Event('devicechange'));
      },
      put: deviceId => {
        gone.delete(deviceId);
        media.dispatchEvent(new Event('devicechange'));
      },
    };
    Object.assign(window, { plugs });
  });
}

const plug = (page: Page, what: keyof Plugs, deviceId: string): Promise<void> =>
  page.evaluate((verb, id) => { (window as unknown as { plugs: Plugs }).plugs[verb](id); }, what, deviceId);

/** Chooses the last device of the list, and says which it was. */
async function chooseLast(person: Person, testId: string): Promise<string> {
  const select = `[data-testid="${testId}"]`;
  await person.page.waitForFunction(one => (document.querySelector(one) as HTMLSelectElement | null)!.options.length > 2, patience, select);
  const id = await person.page.$eval(select, one => [...(one as HTMLSelectElement).options].at(-1)!.value);
  await person.page.select(select, id);
  return id;
}

describe('devices that come and go', () => {
  let program: Program;
  let browsers: [Browser, Browser];

  beforeAll(async () => {
    program = await Program.start();
    browsers = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
  });
  afterAll(async () => {
    await Promise.all(browsers.map(browser => browser.close()));
    await program.stop();
  });

  it('S32 S79 S80: a chosen device that is pulled out is replaced with a notice, and used again when it is back', async () => {
    const alice = await Person.at(browsers[0], program.url, 'alice');
    const bob = await Person.at(browsers[1], program.url, 'bob');
    await withPlugs(alice.page);
    for (const one of [alice, bob]) {
      await one.signIn();
      await one.open('town-square');
      await one.call();
    }
    await alice.unmute();
    await bob.hears(440);
    await alice.click('call-settings');
    await alice.click('menu-devices');
    const microphone = await chooseLast(alice, 'microphone-select');
    const speaker = await chooseLast(alice, 'speaker-select');
    await alice.photographEverywhere('devices');
    await alice.page.keyboard.press('Escape');
    const playsThrough = (id: string) =>
      alice.page.waitForFunction(wanted => [...document.querySelectorAll('audio')].every(one => one.sinkId === wanted), patience, id);
    await playsThrough(speaker);
    await bob.hears(440);

    await plug(alice.page, 'pull', microphone);
    await alice.readsAnywhere('The microphone is gone. Using');
    await bob.hears(440);
    await plug(alice.page, 'put', microphone);
    await alice.readsAnywhere('is back, and in use again');
    await bob.hears(440);

    await plug(alice.page, 'pull', speaker);
    await alice.readsAnywhere('The speaker is gone');
    await playsThrough('');
    await plug(alice.page, 'put', speaker);
    await alice.readsAnywhere('The speaker is back');
    await playsThrough(speaker);

    await alice.page.reload();
    await alice.page.waitForSelector('[data-testid="call-widget"]', patience);
    await alice.click('call-settings');
    await alice.click('menu-devices');
    await alice.page.waitForSelector('[data-testid="microphone-select"]', patience);
    await expect.poll(() => alice.page.$eval('[data-testid="microphone-select"]', one => (one as HTMLSelectElement).value)).toBe(microphone);
  });
});
