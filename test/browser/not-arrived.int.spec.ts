import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { anOwnGroup, anOwnRecord, MemoryOwn } from '../../apps/console/src/testing/memory-own.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;
const SHOTS = process.env['SYNC_HUB_SHOTS'];

const SINCE = '2026-11-30T10:42:00.000Z';
const MOVING = { why: null, code: '', names: [], helps: null } as const;

function aMemory(): MemoryOwn {
  const many = Array.from({ length: 60 }, (_, index) => anOwnRecord(100 + index));
  const own = new MemoryOwn([
    anOwnGroup({ records: [anOwnRecord(1), anOwnRecord(2)] }),
    anOwnGroup({
      id: 'b'.repeat(32),
      because: 'conflict',
      why: 'conflict',
      code: 'both-edited',
      names: [],
      helps: 'answer',
      records: [anOwnRecord(3, { conflict: 'c-1', patient: null })],
    }),
    anOwnGroup({ id: 'c'.repeat(32), because: 'paused', ...MOVING, category: 'visit', pause: { why: 'brake', until: null }, records: [anOwnRecord(4)] }),
    anOwnGroup({
      id: 'd'.repeat(32),
      because: 'away',
      ...MOVING,
      category: 'encounter',
      away: { site: 'central', state: 'down', since: SINCE },
      count: 60,
      records: many,
    }),
  ]);
  const row = { link: 'kisumu', other: 'central' } as const;
  own.counted = [
    { ...row, category: 'patient', month: null, here: 120, there: 118, both: 118 },
    { ...row, category: 'patient', month: '2026-11', here: 40, there: 38, both: 38 },
    { ...row, category: 'encounter', month: '2026-11', here: 97, there: 97, both: 90 },
  ];
  own.unread = 4;
  return own;
}

const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

inBrowser('the page of what has not arrived', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());
  const opened = async (own = aMemory(), options = {}) => {
    const { ownPage, log } = await deskWith([], [], undefined, undefined, undefined, undefined, undefined, own);
    return { own, log, ...(await browser.open(ownPage, options)) };
  };

  it('says of a site by why how many have not arrived and what helps, and leads to each patient in the pages of the clinic', async () => {
    const { page, complaints } = await opened();
    await page.getByRole('heading', { name: 'Entered at Kisumu clinic, and not arrived 64 records' }).waitFor();
    const whys = await page.locator('.not-arrived h3').allTextContents();
    expect(whys.map((text) => text.replace(/since .*?(?=E|$)/, 'since then '))).toEqual([
      '2 records: refused by central (invalid): Identifiers Patient',
      '1 record: both ends changed the same, and nobody has said which of them central shall have Patient',
      '1 record: the brake of the link stops it: more was to be voided than it lets pass Visit',
      expect.stringMatching(/^60 records: central cannot be reached since then Encounter$/),
    ]);
    await page.getByText('Mend the record where it was entered, then try it again.').waitFor();
    const dashboard = page.getByTitle(`Dashboard of the patient ${anOwnRecord(1).record.uuid}, in a new tab`);
    expect([await dashboard.getAttribute('href'), await dashboard.getAttribute('rel')]).toEqual([anOwnRecord(1).patient?.page, 'noopener noreferrer']);
    expect(await page.locator('a[href="/conflicts/c-1"]').count()).toBe(1);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/not-arrived.png`, fullPage: true });
    expect(await page.locator('.not-arrived').last().locator('tbody tr').count()).toBe(10);
    await page.getByRole('button', { name: 'Show them' }).click();
    await until('all of them are shown', async () => (await page.locator('.not-arrived').last().locator('tbody tr').count()) === 60, 10_000);
    expect(complaints).toEqual([]);
  });

  it('counts by month, here and there, what of it is not there, and what is in no number; a file has the same', async () => {
    const { page } = await opened();
    const rows = page.locator('section[aria-labelledby="completeness"] tbody tr');
    await rows.first().waitFor();
    const cells = async (index: number) => rows.nth(index).locator('td').allTextContents();
    expect([await cells(0), await cells(2)]).toEqual([
      ['All', 'Patient', '120', '118', '2'],
      ['November 2026', 'Encounter', '97', '97', '7'],
    ]);
    await page.getByText('Not in these numbers: 4 records that changed and were not read yet.').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    const stream = await file.createReadStream();
    const text = (await stream.toArray()).join('');
    expect(file.suggestedFilename()).toMatch(/^completeness-kisumu-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(
      text
        .split('\r\n')
        .slice(0, 4)
        .map((line) => line.replace(/,[^,]*$/, '')),
    ).toEqual([
      'site,other,link,kind,month,here,there,both',
      'kisumu,central,kisumu,patient,all,120,118,118',
      'kisumu,central,kisumu,patient,2026-11,40,38,38',
      'kisumu,central,kisumu,encounter,2026-11,97,97,90',
    ]);
  });

  it('remembers the site that was chosen, and says where nothing is wanting', async () => {
    const { page } = await opened();
    await page.getByLabel('Site').selectOption('central');
    await page.getByText('Everything that this site told of and that travels has arrived.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/not-arrived/central');
    await page.goto(page.url().replace('/central', ''));
    await page.getByRole('heading', { name: /^Entered at central/ }).waitFor();
  });

  it('is printed without what nobody can press on paper, with the addresses of the dashboards', async () => {
    const { page } = await opened();
    await page.locator('.not-arrived').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect([await page.getByRole('button', { name: 'Print' }).isVisible(), await page.locator('.frame').isVisible()]).toEqual([false, false]);
    const after = await page.evaluate(`getComputedStyle(document.querySelector('a[target="_blank"]'), '::after').content`);
    expect(after).toContain('https://kisumu.example.org/openmrs/spa/patient/');
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/not-arrived-print.png`, fullPage: true });
  });

  it.each(['fr', 'es'])('is there in %s on a phone, and nobody has to push it sideways', async (locale) => {
    const { page } = await opened(aMemory(), { locale, phone: true, bypassCSP: true });
    await page.getByRole('heading', { name: locale === 'fr' ? 'Pas arrivé' : 'Sin llegar', exact: true }).waitFor();
    await page.locator('.not-arrived').first().waitFor();
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/not-arrived-${locale}.png`, fullPage: true });
    expect([await width(page), await seriousIn(page)]).toEqual([390, []]);
  });
});
