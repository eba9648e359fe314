import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const names = ['alice', 'bob', 'carol'];
const channel = 'town-square';
// Without a screen Chromium has no mouse, and shows what a mouse has to point at; so does Firefox.
const mouse = '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';

/** The call in the whole window; pictures in test-artifacts/screenshots. */
describe('the expanded call', () => {
  let program: Program;
  let browsers: Browser[];
  let people: Person[];

  beforeAll(async () => {
    program = await Program.start();
    browsers = await Promise.all([launch('chromium', { hertz: 440 }, [mouse]), launch('firefox', { hertz: 660 })]);
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
    await expect.poll(() => alice.roster()).toHaveLength(3);
  });

  it('lies over the workspace, which is out of reach, and gives the focus back', async () => {
    const [alice] = people as [Person];
    await expect.poll(() => alice.page.$eval('.workspace', workspace => (workspace as HTMLElement).inert)).toBe(true);
    await alice.page.keyboard.press('Escape');
    await alice.page.waitForSelector('[data-testid="expanded-call"]', { hidden: true });
    await expect.poll(() => alice.focused()).toBe('expand-button');
    await alice.click('expand-button');
  });

  it('S36: has the menu on a tile for whoever points at it', async () => {
    const [alice] = people as [Person];
    const tile = '[data-testid="tile"][data-username="bob"]';
    const opacity = () => alice.page.$eval(`${tile} [data-testid="participant-menu"]`, button => getComputedStyle(button).opacity);
    await alice.page.hover('[data-testid="collapse-button"]');
    await expect.poll(opacity).toBe('0');
    await alice.page.hover(tile);
    await expect.poll(opacity).toBe('1');
    await alice.click('participant-menu', tile);
    await alice.finds('[data-testid="host-remove"]');
    await alice.photograph('tile-menu');
    await alice.page.keyboard.press('Escape');
  });

  it('S52: counts as unread what is written in the thread under it, and gives way to the page one goes to', async () => {
    const [alice, bob] = people as [Person, Person];
    await alice.click('collapse-button');
    for (const person of [alice, bob]) {
      await person.click('call-settings');
      await person.click('menu-chat');
      await person.finds('[data-testid="thread"]');
    }
    await alice.click('expand-button');
    await bob.says('Who takes notes?', 'thread-composer');
    await alice.finds('[data-testid="expanded-chat-unread"]');
    await alice.photograph('expanded-unread');
    await alice.click('expanded-chat');
    await alice.page.waitForSelector('[data-testid="expanded-chat-unread"]', { hidden: true });
    await alice.page.locator('[data-testid="call-chat"] article[aria-label^="Bob"] .post-author').click();
    await alice.click('profile-message');
    await alice.page.waitForSelector('[data-testid="expanded-call"]', { hidden: true });
    await expect.poll(() => alice.reads('channel-title')).toContain('Bob');
    await bob.click('close-thread');
    await alice.open(channel);
    await alice.click('expand-button');
  });

  it('fits wide and narrow screens, light and dark', async () => {
    const [alice] = people as [Person];
    await alice.photographEverywhere('expanded');
    await alice.click('participants-button');
    await alice.photographEverywhere('expanded-participants');
    await alice.click('close-participants');
    await alice.click('expanded-chat');
    await alice.photographEverywhere('expanded-chat');
    await alice.click('close-chat');
    await alice.click('react-button');
    // The picker's file is lost on its way, as in an outage: it is asked for again, and the call goes on.
    const lose = (request: HTTPRequest) => void (request.url().includes('EmojiPicker') ? request.abort() : request.continue());
    await alice.page.setRequestInterception(true);
    alice.page.on('request', lose);
    await alice.click('more-emoji');
    await alice.finds('[data-testid="emoji-failed"]');
    await alice.photographEverywhere('emoji-failed');
    alice.page.off('request', lose);
    await alice.page.setRequestInterception(false);
    await alice.click('emoji-retry');
    await alice.finds('[data-testid="emoji"]');
    await alice.photographEverywhere('emoji');
    await alice.page.keyboard.press('Escape');
    await alice.click('collapse-button');
  });

  it('S36 S40 S42 S47: what the host asks and is asked fits, too', async () => {
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.sees(all => all.length === 3, 'three people');
    await alice.photographEverywhere('participants');
    await alice.click('participant-menu', alice.row('bob'));
    await alice.photograph('host-menu');
    await alice.page.keyboard.press('Escape');
    await alice.chooses('host-ask-unmute', 'carol');
    await carol.finds('[data-testid="unmute-prompt"]');
    await carol.photographEverywhere('unmute-prompt');
    await alice.click('leave-button');
    await alice.finds('[data-testid="leave-dialog"]');
    await alice.photographEverywhere('leave');
    await alice.click('leave-cancel');
    await alice.chooses('host-remove', 'carol');
    await alice.finds('[data-testid="remove-dialog"]');
    await alice.photographEverywhere('remove');
    await alice.click('remove-confirm');
    await carol.finds('[data-testid="removed-dialog"]');
    await carol.photographEverywhere('removed');
    // Chromium's microphone plays a tone all the time, which is as good as somebody who speaks.
    await alice.unmute();
    await alice.mute();
    await alice.finds('[data-testid="muted-voice"]:not([hidden])');
    await alice.photograph('muted-voice');
    await bob.mute();
    const elsewhere = await Person.at(browsers[0]!, program.url, 'alice');
    await elsewhere.signIn();
    await elsewhere.open(channel);
    await elsewhere.finds('[data-testid="move-here"]');
    await elsewhere.photographEverywhere('move');
  });
});
