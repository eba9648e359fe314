import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserKind } from '../support/browser.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';

const kinds: [BrowserKind, BrowserKind][] = [['chromium', 'firefox'], ['firefox', 'chromium']];
const tones = { alice: 440, bob: 660 };
const channel = 'town-square';

/** Alice starts the call and is its host; bob is the one she deals with. */
describe.each(kinds)('the host in %s and a participant in %s', (aliceKind, bobKind) => {
  let program: Program;
  let browsers: Browser[];
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    program = await Program.start();
    browsers = await Promise.all([launch(aliceKind, { hertz: tones.alice }), launch(bobKind, { hertz: tones.bob })]);
    alice = await Person.at(browsers[0]!, program.url, 'alice');
    bob = await Person.at(browsers[1]!, program.url, 'bob');
    await Promise.all([alice.signIn(), bob.signIn()]);
    await Promise.all([alice.open(channel), bob.open(channel)]);
  });
  afterAll(async () => {
    await Promise.all(browsers.map(browser => browser.close()));
    await program.stop();
  });

  beforeEach(async () => {
    await alice.call();
    await bob.finds('[data-testid="call-banner"]');
    await bob.call();
    await Promise.all([alice.isConnected(), bob.isConnected()]);
    await Promise.all([alice, bob].map(person => person.sees(people => people.length === 2, 'two people')));
  });
  afterEach(async () => {
    for (const person of [bob, alice]) {
      if ((await person.page.$('[data-testid="call-widget"]')) !== null) await person.leave();
    }
    await alice.finds('[data-testid="call-post"][data-state="ended"]');
    await Promise.all([alice, bob].map(person => person.page.waitForSelector('[data-testid="call-banner"]', { hidden: true })));
  });

  it('S43: mutes somebody who is heard until then and silent after', async () => {
    await bob.unmute();
    await alice.hears(tones.bob);
    await alice.chooses('host-mute', 'bob');
    await bob.isTold('muted you.');
    await bob.finds('[data-testid="mute-button"][data-muted="true"]');
    await alice.hearsNothing();
    await bob.unmute();
    await alice.hears(tones.bob);
  });

  it('S44 D3: mutes all others, and goes on being heard', async () => {
    await Promise.all([alice.unmute(), bob.unmute()]);
    await bob.hears(tones.alice);
    await alice.click('mute-others');
    await alice.isTold('Everybody else is muted.');
    await bob.isTold('muted you.');
    await alice.hearsNothing();
    await bob.hears(tones.alice);
  });

  it('S42: asks to unmute, and is told both answers', async () => {
    await alice.chooses('host-ask-unmute', 'bob');
    await expect.poll(() => bob.reads('unmute-prompt')).toContain('asks you to unmute');
    await bob.click('stay-muted');
    await alice.isTold('stays muted.');
    await alice.hearsNothing();
    await alice.chooses('host-ask-unmute', 'bob');
    await bob.click('prompt-unmute');
    await alice.isTold('unmuted.');
    await alice.hears(tones.bob);
  });

  it('S37 S39: hands the call over, and has no menu of a host any more', async () => {
    expect(await alice.offers('bob')).toContain('host-make');
    expect(await bob.offers('alice')).toEqual([]);
    await alice.chooses('host-make', 'bob');
    await bob.isTold('made you the host.');
    await alice.finds(`${alice.row('bob')} [data-testid="host-badge"]`);
    expect(await alice.offers('bob')).toEqual([]);
    expect(await bob.offers('alice')).toContain('host-remove');
  });

  it('S40: removes somebody, who is told over whatever is open, and joins again from there', async () => {
    await bob.click('members-button');
    await bob.finds('[data-testid="member"]');
    await alice.click('hand-button');
    await bob.isTold('raised a hand.');
    // Not under the dialog, where nothing can be heard or pressed.
    const isOnTop = () => bob.page.$eval('[data-testid="notice"] button', button => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    await expect.poll(isOnTop).toBe(true);
    await bob.photograph(`notice-over-dialog-${bobKind}`);
    await alice.chooses('host-remove', 'bob');
    await alice.click('remove-confirm');
    await bob.finds('[data-testid="removed-join"]:not([disabled])');
    await bob.photograph(`removed-join-${bobKind}`);
    await bob.click('removed-join');
    await bob.page.waitForSelector('[data-testid="removed-dialog"]', { hidden: true });
    await bob.finds('[data-testid="members"][open]');
    await bob.page.keyboard.press('Escape');
    await bob.isConnected();
    await alice.sees(people => people.length === 2, 'bob back');
  });

  it('S40 S41: removes somebody with a block, and the link then says so', async () => {
    await alice.chooses('host-remove', 'bob');
    await alice.click('remove-block');
    await alice.click('remove-confirm');
    await expect.poll(() => bob.reads('removed-dialog')).toMatch(/removed you from the call/);
    await bob.readsAnywhere('You cannot join this call again');
    await expect.poll(() => bob.page.$('[data-testid="removed-join"]')).toBeNull();
    await alice.sees(people => people.length === 1, 'alice alone');
    await bob.click('removed-close');
    const channelId = new URL(bob.page.url()).pathname;
    await bob.page.goto(`${program.url}${channelId}?join_call=true`);
    await bob.isTold('blocked you for this call');
  });

  it('S47: ends the call for everyone', async () => {
    await alice.click('end-call');
    await alice.click('end-confirm');
    await bob.isTold('ended the call for everyone.');
    await Promise.all([alice, bob].map(person => person.page.waitForSelector('[data-testid="call-widget"]', { hidden: true })));
  });

  it('S47: is asked when leaving while others are there, and may stay', async () => {
    await alice.click('leave-button');
    await alice.click('leave-cancel');
    await expect.poll(() => alice.focused()).toBe('leave-button');
    await alice.click('leave-button');
    await alice.click('leave-only');
    await bob.isTold('You are the host now.');
    await bob.click('leave-button'); // Alone, nobody is asked.
    await bob.page.waitForSelector('[data-testid="call-widget"]', { hidden: true });
  });

  it('S48 S48h S49 S45: hands and reactions are seen by the other, and the host lowers a hand', async () => {
    await bob.click('hand-button');
    await alice.finds(`${alice.row('bob')} [data-testid="raised-hand"][data-place="1"]`);
    await alice.click('hand-button');
    await bob.finds(`${bob.row('alice')} [data-testid="raised-hand"][data-place="2"]`);
    await alice.chooses('host-lower-hand', 'bob');
    await bob.isTold('lowered your hand.');
    await bob.finds(`${bob.row('alice')} [data-testid="raised-hand"][data-place="1"]`);
    await bob.click('react-button');
    await bob.click('frequent-emoji');
    await alice.click('expand-button');
    await alice.finds('[data-testid="tile"][data-username="bob"] [data-testid="latest-reaction"]');
    await bob.click('more-emoji');
    await bob.finds('[data-testid="emoji-search"]');
    await bob.page.type('[data-testid="emoji-search"]', 'rocket');
    await bob.page.locator('[data-testid="emoji"][data-emoji="rocket"]').click();
    await alice.finds('[data-testid="tile"][data-username="bob"] [data-testid="latest-reaction"][data-emoji="rocket"]');
    await bob.page.keyboard.press('Escape');
    await alice.click('collapse-button');
  });
});

describe('a call that moves', () => {
  let program: Program;
  let browsers: Browser[];

  beforeAll(async () => {
    program = await Program.start();
    browsers = await Promise.all([launch('chromium', { hertz: tones.alice }), launch('firefox', { hertz: tones.alice })]);
  });
  afterAll(async () => {
    await Promise.all(browsers.map(browser => browser.close()));
    await program.stop();
  });

  it('S19: goes on on another device with its hand, and is over on the first one', async () => {
    const [desk, phone] = [await Person.at(browsers[0]!, program.url, 'alice'), await Person.at(browsers[1]!, program.url, 'alice')];
    await Promise.all([desk.signIn(), phone.signIn()]);
    await Promise.all([desk.open(channel), phone.open(channel)]);
    await desk.call();
    await desk.isConnected();
    await desk.click('hand-button');
    await desk.finds(`${desk.row('alice')} [data-testid="raised-hand"]`);
    await phone.finds('[data-testid="move-here"]');
    await expect.poll(() => phone.reads('call-banner')).toContain('You are in this call on');
    await phone.click('move-here');
    await phone.finds('[data-testid="call-widget"]');
    await phone.isConnected();
    await phone.finds(`${phone.row('alice')} [data-testid="raised-hand"]`);
    await expect.poll(() => phone.roster()).toHaveLength(1);
    await desk.isTold('on another device');
    await desk.page.waitForSelector('[data-testid="call-widget"]', { hidden: true });
    await phone.leave();
  });
});
