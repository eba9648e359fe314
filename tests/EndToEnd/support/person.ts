import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { hears, hearsNothing } from './ears.ts';

const artifacts = resolve(import.meta.dirname, '../../../test-artifacts/screenshots');
const patience = 20_000;

export interface Participant {
  username: string;
  muted: boolean;
  speaking: boolean;
  connection: string;
}

const byId = (id: string): string => `[data-testid="${id}"]`;

/** Somebody in front of a browser: does what a person does, sees what a person sees. */
export class Person {
  private constructor(readonly name: string, readonly page: Page, readonly url: string) {}

  /** A device of its own: nothing is shared with other people of the same browser. */
  static async at(browser: Browser, url: string, name: string): Promise<Person> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    return new Person(name, page, url);
  }

  async signIn(path = '/', password = 'calls-demo'): Promise<void> {
    await this.page.goto(this.url + path);
    await this.page.waitForSelector(byId('sign-in'), { timeout: patience });
    await this.page.type('input[name=username]', this.name);
    await this.page.type('input[name=password]', password);
    await this.click('sign-in-submit');
    await this.page.waitForSelector(byId('channel-list'), { timeout: patience });
  }

  /** Opens a channel by its name, or a direct or group one by a word of its title. */
  async open(channel: string): Promise<void> {
    await this.until(`channel ${channel} in the list`, name => {
      const items = [...document.querySelectorAll<HTMLElement>('[data-testid="channel-item"]')];
      const item = items.find(one => one.dataset['channelName'] === name) ?? items.find(one => one.textContent?.includes(name) && one.dataset['channelName']?.startsWith('direct'));
      item?.click();
      return item !== undefined;
    }, channel);
    await this.page.waitForSelector(byId('channel-title'), { timeout: patience });
  }

  /** Presses Start call or Join call, and waits until the call's widget is there. */
  async call(): Promise<void> {
    // Pressed while there is no connection yet, it only says so.
    await this.page.locator(`${byId('call-button')}:not([aria-disabled])`).setTimeout(patience).click();
    await this.page.waitForSelector(byId('call-widget'), { timeout: patience });
  }

  async unmute(): Promise<void> {
    await this.muteButton(false);
  }

  async mute(): Promise<void> {
    await this.muteButton(true);
  }

  /** Leaves the call; a host whom others would miss is asked, and goes alone. */
  async leave(): Promise<void> {
    await this.click('leave-button');
    const asked = await this.page.waitForFunction(
      () => (document.querySelector('[data-testid="leave-only"]') !== null ? 'asked' : document.querySelector('[data-testid="call-widget"], [data-testid="expanded-call"]') === null && 'gone'),
      { timeout: patience, polling: 50 },
    );
    if ((await asked.jsonValue()) === 'asked') await this.click('leave-only');
    await this.page.waitForSelector(byId('call-widget'), { hidden: true, timeout: patience });
  }

  /** Waits until media flows. */
  async isConnected(): Promise<void> {
    await this.sees(people => people.find(one => one.username === this.name)?.connection === 'connected', 'my session connected');
  }

  async hears(hertz: number, within = patience): Promise<void> {
    await hears(this.page, hertz, within).catch((error: unknown) => { throw new Error(`${this.name} ${(error as Error).message}`); });
  }

  async hearsNothing(): Promise<void> {
    await hearsNothing(this.page).catch((error: unknown) => { throw new Error(`${this.name} ${(error as Error).message}`); });
  }

  /** Waits until the roster in the widget is as described. */
  async sees(expected: (people: Participant[]) => boolean, what: string, within = patience): Promise<void> {
    await this.showParticipants();
    const until = Date.now() + within;
    for (;;) {
      const people = await this.roster();
      if (expected(people)) return;
      if (Date.now() > until) throw new Error(`${this.name} expected ${what}, sees ${JSON.stringify(people)}`);
      await new Promise(look => setTimeout(look, 100));
    }
  }

  async roster(): Promise<Participant[]> {
    return await this.page.$$eval(byId('participant'), rows => rows.map(row => {
      const data = (row as HTMLElement).dataset;
      return {
        username: data['username'] ?? '',
        muted: data['muted'] === 'true',
        speaking: data['speaking'] === 'true',
        connection: data['connection'] ?? '',
      };
    }));
  }

  /** The text of an element, once it is there. */
  async reads(testId: string): Promise<string> {
    const element = await this.page.waitForSelector(byId(testId), { timeout: patience, visible: true });
    return (await element?.evaluate(one => one.textContent ?? '')) ?? '';
  }

  /** The test id of the element that has the focus. */
  async focused(): Promise<string | undefined> {
    return await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);
  }

  async says(text: string, composer = 'composer'): Promise<void> {
    const input = await this.page.waitForSelector(`${byId(composer)} ${byId('composer-input')}`, { timeout: patience });
    await input?.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits for words anywhere on the page. */
  async readsAnywhere(words: string): Promise<void> {
    await this.until(`"${words}" on the page`, text => document.body.innerText.includes(text), words);
  }

  /** @param within Of several, the one inside of this. */
  async click(testId: string, within = ''): Promise<void> {
    // Waits until it stands still, too: a popup whose font has just been loaded finds another place.
    await this.page.locator(`${within} ${byId(testId)}`.trim()).setTimeout(patience).click();
  }

  /** Waits for an element, wherever it is. */
  async finds(selector: string): Promise<void> {
    await this.until(selector, wanted => document.querySelector(wanted) !== null, selector);
  }

  /** Waits for a notice with these words. */
  async isTold(words: string): Promise<void> {
    await this.until(`the notice "${words}"`, text => [...document.querySelectorAll('[data-testid="notice"]')].some(one => one.textContent?.includes(text)), words);
  }

  /** Opens the menu of somebody in the list of participants, and chooses. */
  async chooses(option: string, username: string): Promise<void> {
    await this.showParticipants();
    await this.click('participant-menu', this.row(username));
    await this.click(option);
  }

  /** What the menu of somebody offers to a host; empty when it offers nothing of that kind. */
  async offers(username: string): Promise<string[]> {
    await this.showParticipants();
    await this.click('participant-menu', this.row(username));
    const items = await this.page.$$eval('[role="menu"] [data-testid^="host-"]', all => all.map(one => (one as HTMLElement).dataset['testid'] ?? ''));
    await this.page.keyboard.press('Escape');
    return items;
  }

  /** The row of somebody in the list of participants. */
  row(username: string): string {
    return `${byId('participant')}[data-username="${username}"]`;
  }

  /** Keeps a picture for people to look at: test-artifacts/screenshots. */
  async photograph(name: string): Promise<void> {
    mkdirSync(artifacts, { recursive: true });
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) as `${string}.png` });
  }

  /** Wide and narrow, light and dark; says when the page is wider than the screen. */
  async photographEverywhere(name: string): Promise<void> {
    const before = this.page.viewport();
    for (const size of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
      await this.page.setViewport(size);
      for (const theme of ['dark', 'light']) {
        await this.page.evaluate(value => document.documentElement.setAttribute('data-theme', value), theme);
        await this.standsStill(); // A picture in the middle of a movement shows nothing.
        await this.photograph(`${name}-${size.width}-${theme}`);
      }
      const width = await this.page.evaluate(() => document.documentElement.scrollWidth);
      if (width > size.width) throw new Error(`${name}: the page is ${width} pixels wide on a screen of ${size.width}`);
    }
    await this.page.setViewport(before);
    await this.standsStill(); // What slides away from a narrow page still lies over what is to be clicked next.
  }

  /** Waits until nothing on the page moves. */
  private async standsStill(): Promise<void> {
    await this.page.evaluate(async () => {
      await new Promise(drawn => requestAnimationFrame(drawn));
      await Promise.allSettled(document.getAnimations().map(one => one.finished)); // What is gone meanwhile was cut off.
    });
  }

  private async muteButton(muted: boolean): Promise<void> {
    const pressed = await this.page.waitForSelector(`${byId('mute-button')}`, { timeout: patience });
    if ((await pressed?.evaluate(one => one.getAttribute('data-muted'))) !== String(muted)) await this.click('mute-button');
    await this.page.waitForSelector(`${byId('mute-button')}[data-muted="${muted}"][aria-busy="false"]`, { timeout: patience });
  }

  private async showParticipants(): Promise<void> {
    if ((await this.page.$(byId('participants'))) === null) await this.click('participants-button');
    await this.page.waitForSelector(byId('participants'), { timeout: patience });
  }

  private async until(what: string, condition: (argument: string) => boolean, argument: string): Promise<void> {
    try {
      await this.page.waitForFunction(condition, { timeout: patience, polling: 100 }, argument);
    } catch {
      const text = await this.page.evaluate(() => document.body.innerText.slice(0, 1500));
      throw new Error(`${this.name} waited for ${what}; the page says:\n${text}`);
    }
  }
}
