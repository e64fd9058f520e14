import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aPatientsLife, MemoryRecords } from '../../apps/console/src/testing/memory-records.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const LIFE = aPatientsLife();
const PATIENT = LIFE[0]!.record;
const OTHER = { aggregate: 'person', uuid: 'a1b2c3d4-0000-4000-8000-000000000009' } as const;

inBrowser('the page of one record', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());
  const opened = async (options = {}) => {
    const records = new MemoryRecords(LIFE, {
      '100-GEJ': [{ record: PATIENT, by: 'identifier' }],
      Achieng: [PATIENT, OTHER].map((record) => ({ record, by: 'name' as const })),
    });
    const bench = await deskWith([], [], undefined, records);
    return { memory: records, log: bench.log, ...(await browser.open(bench.records, options)) };
  };

  it('finds where a patient’s encounter is, and for what it waits, by keys; what was typed is in no address and no log', async () => {
    const { page, memory, log, complaints } = await opened();
    await page.getByLabel('Uuid, identifier or name').waitFor();
    await page.keyboard.type('100-GEJ');
    await page.keyboard.press('Enter');
    await page.getByText('central and kisumu held the same at').waitFor();
    await page.locator('h1').click();
    for (const key of ['j', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Held on its way from kisumu to central: metadata is missing at the site: kind of encounter 67a71486').waitFor();
    await page.getByText('by Amina').waitFor();
    expect(await page.getByRole('link', { name: 'See what helps' }).getAttribute('href')).toBe('/parked/00000000-0000-4000-8000-000000007001');
    expect(await page.getByRole('link', { name: 'All that the audit says of it' }).getAttribute('href')).toMatch(/^\/audit#record=e1b2c3d4-/);
    expect(memory.searched).toEqual(['100-GEJ']);
    const visited = await page.evaluate<string>(`performance.getEntriesByType('resource').map(({ name }) => name).join()`);
    expect([page.url(), visited, log.text()].filter((text) => text.includes('GEJ'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('offers those whom a name fits, and says where nobody is known', async () => {
    const { page } = await opened();
    const find = async (text: string) => {
      await page.getByLabel('Uuid, identifier or name').fill(text);
      await page.getByRole('button', { name: 'Find' }).click();
    };
    await find('Nobody');
    await page.getByText('Nothing is known here by that.').waitFor();
    await find('Achieng');
    await page.getByText('2 are found.').waitFor();
    expect(await page.locator('[data-row]').count()).toBe(2);
    await page.locator('[data-row]').first().click();
    await page.getByText('What hangs on this patient').waitFor();
  });

  it.each([
    ['fr-FR', 'light', 'Chercher un enregistrement', 'Uuid, identifiant ou nom'],
    ['es-MX', 'dark', 'Buscar un registro', 'Uuid, identificador o nombre'],
    ['en-GB', 'dark', 'Find a record', 'Uuid, identifier or name'],
  ] as const)('is found without serious fault by axe, and fits a phone: %s, %s', async (locale, colorScheme, title, label) => {
    const { page } = await opened({ locale, colorScheme, bypassCSP: true });
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByLabel(label).fill('100-GEJ');
    await page.keyboard.press('Enter');
    await page.locator('[data-row]').first().click();
    await until('its encounter is shown', async () => page.url().includes('e1b2c3d4'), 10_000);
    await page.locator('ol.history li').first().waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});
