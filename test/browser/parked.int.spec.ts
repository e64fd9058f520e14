import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { aHeld, MemoryHeld } from '../../apps/console/src/testing/memory-held.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const REFUSED = { why: 'refused', code: 'invalid', group: 'c'.repeat(32), names: [], helps: 'mend-record', link: 'siaya', source: 'siaya' } as const;
const AWAY = { site: 'siaya', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 318 } as const;

const aMemory = (): MemoryHeld => {
  const held = new MemoryHeld([aHeld(3), aHeld(2), aHeld(1), aHeld(4, REFUSED)]);
  held.away = [AWAY];
  return held;
};

const rowsOf = (page: Page) => page.locator('[data-row]').allTextContents();
const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

inBrowser('the page of what is parked', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());
  const opened = async (held = aMemory(), options = {}) => {
    const { parked, log } = await deskWith([], [], held);
    return { held, log, ...(await browser.open(parked, options)) };
  };

  it('says by cause how many are held and for what, and of a site that is down only that', async () => {
    const { page, complaints } = await opened();
    await page.getByRole('heading', { name: 'Parked 4 records' }).waitFor();
    expect(await rowsOf(page)).toEqual(['3 records: kind of identifier “OpenMRS ID” missing at central', '1 record: refused by central (invalid)']);
    await page.getByText(/^siaya is down since .*, 318 waiting\. All of it goes on by itself\.$/).waitFor();
    await page.getByLabel('Why').selectOption('refused');
    await until('only what fits is listed', async () => (await rowsOf(page)).length === 1, 10_000);
    await page.reload();
    await page.locator('[data-row]').first().waitFor();
    expect([(await rowsOf(page)).length, complaints]).toEqual([1, []]);
  });

  it('tries all of a cause again, with progress, by keys, once somebody has said who they are', async () => {
    const { page, held, complaints } = await opened();
    await page.locator('[data-row]').first().waitFor();
    for (const key of ['j', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Will it work now? (the longest held)' }).click();
    await page.getByText('Yes, it will work now.').waitFor();
    expect(held.deeds).toEqual([]);
    await page.getByRole('button', { name: 'Try 3 again' }).click();
    await page.getByText('Say who you are first').first().waitFor();
    await page.keyboard.type('Amina');
    const gate: (() => void)[] = [];
    held.next = () => new Promise((resolve) => void gate.push(resolve));
    await page.getByRole('button', { name: 'Try 3 again' }).click();
    await page.getByText('0 of 3').waitFor();
    for (const done of [1, 2, 3]) {
      await until('it is at the next one', async () => gate.length >= done, 10_000);
      if (done === 2) await page.reload();
      gate[done - 1]?.();
    }
    await page.getByText('Done: 3 of 3.').waitFor();
    await page.getByText('Nothing is held for this any more.').waitFor();
    expect([held.deeds.map(({ what, by }) => `${what} ${by}`), complaints]).toEqual([['redriven Amina', 'redriven Amina', 'redriven Amina'], []]);
  });

  it('discards one with a reason, and says what that means; what moves is not discarded', async () => {
    const { page, held } = await opened();
    await page.getByLabel('Your name').fill('Amina');
    await page.getByText('refused by central').click();
    await page.locator('td [data-row]').click();
    await page.getByText('Mend the record where it was entered').waitFor();
    const discard = async () => {
      await page.getByRole('button', { name: 'Discard …' }).click();
      const dialog = page.getByRole('dialog', { name: 'Discard?' });
      await dialog.getByText('Both ends stay as they are, different').waitFor();
      expect(await dialog.getByRole('button', { name: 'Discard', exact: true }).isDisabled()).toBe(true);
      await dialog.getByLabel('Why?').fill('a test record');
      await dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    };
    held.outcome = 'moving';
    await discard();
    await page.getByText('at this moment. Try again shortly.').waitFor();
    expect(held.deeds).toEqual([]);
    held.outcome = 'done';
    await discard();
    await page.getByText('It has ended.').waitFor();
    expect(held.deeds).toMatchObject([{ what: 'discarded', by: 'Amina', reason: 'a test record' }]);
  });

  it('lays one aside, and says who did, and why it will not work now', async () => {
    const { page, held } = await opened();
    held.now = { works: 'no', prospect: 'would-be-held', site: 'central', why: 'unmapped', code: 'missing-metadata', names: aHeld(1).names, hasChanged: false };
    await page.getByLabel('Your name').fill('Amina');
    await page.locator('[data-row]').first().click();
    await page.locator('td [data-row]').first().click();
    await page.getByRole('button', { name: 'Will it work now?' }).click();
    await page.getByText('No, it will not work now.').waitFor();
    await page.getByText('(metadata is missing at the site: kind of identifier “OpenMRS ID”)').waitFor();
    await page.getByRole('button', { name: 'Lay aside …' }).click();
    await page.getByLabel('Why?').fill('asked the clinic');
    await page.getByRole('dialog').getByRole('button', { name: 'Lay aside' }).click();
    await page.getByText('Laid aside.').waitFor();
    await page.getByText('Amina laid it aside').waitFor();
  });

  it('says what is held at other instances with where it is from, of which nobody has heard, and what was asked of them', async () => {
    const at = '2026-11-30T10:42:00.000Z';
    const held = new MemoryHeld([aHeld(1), aHeld(2, { group: 'd'.repeat(32), origin: 'clinic-b', link: 'siaya', source: 'siaya' })]);
    const told = { takesActs: true, count: 1 };
    held.elsewhere = [
      { origin: 'clinic-b', heardAt: at, isUnheard: true, ...told },
      { origin: 'clinic-c', heardAt: null, isUnheard: true, ...told },
    ];
    const asked = {
      origin: 'clinic-b',
      by: 'amina@hub',
      at,
      group: 'd'.repeat(32),
      held: null,
      reason: null,
      sentAt: null,
      endedAt: null,
      became: null,
      counts: null,
    };
    held.asked = [
      { ...asked, id: '1', what: 'redriven' },
      { ...asked, id: '2', what: 'discarded', reason: 'twice in it', sentAt: at, endedAt: at, became: 'done', counts: { found: 3, done: 2, passedOver: 1 } },
    ];
    const { page } = await opened(held, { bypassCSP: true });
    await page.getByText(/^clinic-b has not been heard of since .*: what is held there may be another by now\.$/).waitFor();
    await page.getByText('clinic-c has never told what is held there').waitFor();
    await page.getByText(/Asked at .* by amina@hub: to be tried again \(clinic-b\) — not yet fetched by clinic-b/).waitFor();
    await page.getByText(/to be discarded \(clinic-b\) — done to 2 of 3/).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByLabel('Instance', { exact: true }).selectOption('clinic-b');
    await until('only what is held there is listed', async () => (await rowsOf(page)).length === 1, 10_000);
    await page.getByText('at clinic-b').first().waitFor();
    await page.getByLabel('Your name').fill('Amina');
    await page.locator('[data-row]').click();
    expect(await page.getByRole('button', { name: 'Will it work now?' }).count()).toBe(0);
    held.outcome = 'asked';
    await page.locator('td [data-row]').first().click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Asked. It is done once that instance has fetched it').waitFor();
    expect([held.deeds.length, await page.getByText('It is looked at again within seconds.').count()]).toEqual([1, 0]);
  });

  it.each([
    ['fr-FR', 'En attente', 'il manque à central : type d’identifiant « OpenMRS ID »'],
    ['es-MX', 'Retenidos', 'falta en central: tipo de identificador'],
  ])('speaks the language of the browser: %s', async (locale, title) => {
    const { page } = await opened(aMemory(), { locale });
    await page.getByRole('heading', { name: title }).waitFor();
    expect((await rowsOf(page))[0]).not.toContain('records');
  });

  it.each(['light', 'dark'] as const)('is found without serious fault by axe, and fits a phone: %s', async (colorScheme) => {
    const { page } = await opened(aMemory(), { colorScheme, bypassCSP: true });
    await page.locator('[data-row]').first().waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.locator('[data-row]').first().click();
    await page.locator('td [data-row]').first().waitFor();
    await page.getByRole('button', { name: 'Will it work now? (the longest held)' }).click();
    await page.getByText('Yes, it will work now.').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.locator('td [data-row]').first().click();
    await page.getByRole('button', { name: 'Discard …' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await width(page)).toBeLessThanOrEqual(390);
    for (const _ of ['group', 'list']) {
      await page.getByRole('link', { name: '← Parked' }).click();
      await page.locator('[data-row]').first().waitFor();
      expect(await width(page)).toBeLessThanOrEqual(390);
    }
  });
});
