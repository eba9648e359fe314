import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];
const names = ['alice', 'bob', 'carol'];
const channel = 'town-square';

/** The call in the whole window; pictures in test-artifacts/screenshots. */
describe('the expanded call', () => {
  let program: Program;
  let browsers: Browser[];
  let people: Person[];

  beforeAll(async () => {
    program = await Program.start();
    browsers = await Promise.all([launch('chromium', { hertz: 440 }), launch('firefox', { hertz: 660 })]);
    people = [];
    for (const [index, name] of names.entries()) people.push(await Person.at(browsers[index % 2]!, program.url, name));
    for (const person of people) {
      await person.signIn();
      await person.open(channel);
      await person.call();
    }
    await Promise.all(people.map(person => person.isConnected()));
  });
  afterAll(async () => {
    await Promise.all(browsers.map(browser => browser.close()));
    await program.stop();
  });

  it('S36 S48: shows everybody, who speaks, hands and reactions, with the participants beside them', async () => {
    const [alice, bob, carol] = people as [Person, Person, Person];
    await bob.unmute();
    await carol.click('hand-button');
    await alice.click('expand-button');
    await alice.page.waitForSelector('[data-testid="tile"][data-username="bob"][data-speaking="true"]');
    // Raised hands stand before voices, and voices before names.
    await alice.page.waitForFunction(
      () => [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')].map(tile => tile.dataset['username']).join() === 'carol,bob,alice',
    );
    await bob.click('react-button');
    await bob.click('frequent-emoji');
    await alice.page.waitForSelector('[data-testid="tile"][data-username="bob"] [data-testid="latest-reaction"]');
    await alice.photograph('expanded-1280');
    await alice.click('participants-button');
    await alice.page.waitForSelector('[data-testid="participants"]');
    expect(await alice.roster()).toHaveLength(3);
  });

  it('lies over the workspace, which is out of reach, and gives the focus back', async () => {
    const [alice] = people as [Person];
    expect(await alice.page.$eval('.workspace', workspace => (workspace as HTMLElement).inert)).toBe(true);
    await alice.page.keyboard.press('Escape');
    await alice.page.waitForSelector('[data-testid="expanded-call"]', { hidden: true });
    expect(await alice.page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'])).toBe('expand-button');
    await alice.click('expand-button');
  });

  it('fits wide and narrow screens, light and dark', async () => {
    const [alice] = people as [Person];
    for (const size of sizes) {
      await alice.page.setViewport(size);
      for (const scheme of ['light', 'dark']) {
        await alice.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
        await alice.photograph(`expanded-${size.width}-${scheme}`);
        await alice.click('participants-button');
        await alice.photograph(`expanded-participants-${size.width}-${scheme}`);
        await alice.click('close-participants');
        await alice.click('expanded-chat');
        await alice.photograph(`expanded-chat-${size.width}-${scheme}`);
        await alice.click('close-chat');
      }
      expect(await alice.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    }
  });
});
