import { chmod, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { type RunningWorld, runningHub } from '../end-to-end/running-hub.js';
import { browserFor, chromiumOfRun, type Opened, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

inBrowser('the configuration in the workbench, before a running hub', () => {
  const browser = browserFor(found);
  let world: RunningWorld;
  let ward: string;
  beforeAll(async () => {
    await workbenchOfRun();
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, link: () => ({ mode: 'observe' }) }, { times: { configurationPollMs: 300 } });
    ward = world.site('central').clinician.addLocation({ name: 'Ward' });
    await until(
      'the ward is observed',
      async () => (await world.count(`select count(*) as count from job where reason = 'observed' and uuid = $1`, [ward])) === 1,
      60_000,
    );
  }, 180_000);
  afterAll(() => world?.stop());

  const file = () => world.world.configurationFile;
  const held = () => readFile(file(), 'utf8');
  const modeInForce = () => world.hub.rules.current.links[0]?.mode;
  const hasWard = () =>
    world
      .site('kisumu')
      .state()
      .locations.some(({ uuid }) => uuid === ward);

  async function opened(options: Parameters<typeof browser.open>[1] = {}): Promise<Opened> {
    const at = await browser.open(world.standalone.workbenchUrl.replace('/board', '/configuration'), options);
    await at.page.getByLabel('Your name').fill('Amina');
    await textOf(at.page).waitFor();
    return at;
  }
  const textOf = (page: Page) => page.getByLabel('The file', { exact: true });
  const inForce = (page: Page) => page.getByText('The hub goes by what the file says.');
  const saveBecause = async (page: Page, why: string, button = 'Save') => {
    await page.getByLabel('Why', { exact: true }).fill(why);
    await until('it may be saved', () => page.getByRole('button', { name: button, exact: true }).isEnabled(), 15_000);
    await page.getByRole('button', { name: button, exact: true }).click();
  };
  const write = async (page: Page, from: string, to: string) => {
    const text = await textOf(page).inputValue();
    expect(text).toContain(from);
    await textOf(page).fill(text.replace(from, to));
  };

  it('turns a link live: what follows is shown, the hub takes it, and what waited is written', async () => {
    const { page, complaints } = await opened();
    await inForce(page).waitFor();
    await page.getByText('What is changed most').click();
    await page.getByRole('button', { name: 'Make it live (kisumu)' }).click();
    await page.getByText('Turns link kisumu live: it will write. 1 record waits to be written.').waitFor();
    expect(await page.locator('.compared ins').allTextContents()).toEqual([expect.stringContaining('"mode": "live"')]);
    expect(await page.getByRole('row').filter({ hasText: 'links[kisumu].mode' }).textContent()).toContain('"observe""live"');
    expect([await held().then((text) => text.includes('"mode": "observe"')), hasWard()]).toEqual([true, false]);
    await saveBecause(page, 'seen for a week');
    await page.getByText(/^Version \d+ is saved\.$/).waitFor();
    await inForce(page).waitFor();
    await until('the hub goes by it', async () => modeInForce() === 'live', 20_000);
    await until('what waited is written', async () => hasWard(), 60_000);
    const row = page.getByRole('row').filter({ hasText: 'seen for a week' });
    expect(await row.textContent()).toContain('Amina');
    expect(await row.textContent()).toContain('links[kisumu].mode');
    expect(complaints).toEqual([]);
  });

  it('refuses what is not valid, with the place, and goes there', async () => {
    const { page } = await opened();
    const before = await held();
    const line = (await textOf(page).inputValue()).split('\n').findIndex((one) => one.includes('"mode"')) + 1;
    await write(page, '"mode": "live"', '"mode": "lively"');
    const place = page.getByRole('button', { name: new RegExp(`^Line ${line}, column \\d+$`) });
    await place.waitFor();
    expect(await page.locator('.problems').textContent()).toMatch(/links\[0\]\.mode: found the text "lively"; allowed: observe or live/);
    await place.click();
    expect(await page.evaluate(`document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`)).toContain(
      '"lively"',
    );
    await page.getByLabel('Why', { exact: true }).fill('no reason');
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    expect(await held()).toBe(before);
  });

  it('writes over nothing that somebody else changed meanwhile, and goes on from there', async () => {
    const { page } = await opened();
    await write(page, '"mode": "live"', '"mode": "observe"');
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByLabel('Why', { exact: true }).fill('a holiday');
    await until('it may be saved', () => save.isEnabled(), 15_000);
    const theirs = (await held()).replace('"title"', '"title" ').replace(/("id": "central",)/, '$1 "maxInFlight": 3,');
    await writeFile(file(), theirs);
    // Whichever comes first: the page that looks again, or the desk that is asked.
    if (await save.isEnabled()) await save.click({ timeout: 2000 }).catch(() => undefined);
    await page.getByText('Somebody else has changed the file meanwhile.').first().waitFor();
    expect(await held()).toBe(theirs);
    await page.getByRole('button', { name: 'Go on with my text' }).click();
    await page.getByRole('row').filter({ hasText: 'sites[central].maxInFlight' }).waitFor();
    await page
      .getByRole('button', { name: 'Take the file as it is now' })
      .or(page.getByRole('button', { name: 'Undo all my changes' }))
      .first()
      .click();
    expect(await textOf(page).inputValue()).toBe(theirs);
  });

  it('brings an earlier version back', async () => {
    const { page, complaints } = await opened();
    await until(
      'what was changed by hand is a version',
      async () => (await world.count(`select count(*) as count from configuration_kept where origin = 'file'`)) > 0,
      20_000,
    );
    await page.getByRole('link', { name: 'Version 1', exact: true }).click();
    await page.getByText('Link kisumu is only observed: nothing more is written on it.').waitFor();
    await saveBecause(page, 'too early', 'Bring it back');
    await page.getByText(/^Version \d+ is saved\.$/).waitFor();
    await until('the hub goes by it', async () => modeInForce() === 'observe', 20_000);
    await page.getByRole('link', { name: '← Configuration' }).click();
    await page.getByRole('row').filter({ hasText: 'version 1, brought back' }).waitFor();
    const told = () =>
      world.query<{ details: { by: string; paths: string[] } }>(
        `select details from audit where type = 'configuration.changed.v1' and details ->> 'origin' = 'roll-back'`,
      );
    await until('it is in the audit', async () => (await told()).length === 1, 20_000);
    expect((await told())[0]?.details).toMatchObject({ by: 'Amina', paths: expect.arrayContaining(['links[kisumu].mode']) });
    expect(complaints).toEqual([]);
  });

  it('makes a draft of Sync 2.0, says what became of each setting, and saves nothing of it unasked', async () => {
    const { page, complaints } = await opened();
    const before = await held();
    const list = { enabled: true, schedule: 43_200, classes: [{ category: 'location', enabled: true, preferredClient: null }] };
    const general = { parentFeedLocation: 'http://central:8080/openmrs', localFeedLocation: 'http://kisumu:8080/openmrs', localInstanceId: 'Kisumu' };
    const file = (text: string) => ({ name: 'sync2.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.getByText('Import from Sync 2.0').click();
    await page.getByLabel('sync2.json of the child').setInputFiles(file('{ "general": { '));
    await page.getByRole('button', { name: 'Make the draft' }).click();
    await page.getByText('One of the files is not what it should be').waitFor();
    await page.getByLabel('sync2.json of the child').setInputFiles(file(JSON.stringify({ general, pull: list, push: list })));
    await page.getByRole('button', { name: 'Make the draft' }).click();
    await page.getByRole('row').filter({ hasText: 'pull.schedule' }).first().waitFor();
    await page.getByRole('button', { name: 'Put the draft into the editor' }).click();
    expect(await textOf(page).inputValue()).toContain('id: kisumu');
    await page.getByText('The hub takes nothing of this while it runs').or(page.locator('.problems')).first().waitFor();
    expect([await held(), complaints.filter((one) => !one.includes('422'))]).toEqual([before, []]);
  });

  it('says that it cannot save a file that is read-only, and looks all the same; on a phone, too', async () => {
    await chmod(file(), 0o444);
    const before = await held();
    try {
      const { page } = await opened({ phone: true, bypassCSP: true });
      await page.getByText('This cannot be saved here: the file is read-only').waitFor();
      await write(page, '"mode": "observe"', '"mode": "live"');
      await page.getByText('Turns link kisumu live').waitFor();
      expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download this text' }).click();
      expect((await download).suggestedFilename()).toBe('sync-hub.json');
      expect(await seriousIn(page)).toEqual([]);
      expect(await page.evaluate(`document.documentElement.scrollWidth <= window.innerWidth`)).toBe(true);
      await page.getByLabel('Language').selectOption('fr');
      await page.getByText('Met le lien kisumu en service : il écrira.').waitFor();
      expect(await held()).toBe(before);
    } finally {
      await chmod(file(), 0o644);
    }
  });
});
