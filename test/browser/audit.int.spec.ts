import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { aBody, aLine, aProof, MemoryAudit } from '../../apps/console/src/testing/memory-audit.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const ENCOUNTER = { aggregate: 'encounter', uuid: 'e1b2c3d4-0000-4000-8000-000000000002' } as const;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const LINES = [
  ...Array.from({ length: 55 }, (_, index) => aLine(index + 1)),
  aLine(56, { ...ENCOUNTER, outcome: 'parked', reason: 'unmapped', type: 'job.held.v1', details: { code: 'missing-metadata', by: null } }),
  aLine(57, {
    type: 'held.acted.v1',
    outcome: null,
    details: {
      by: 'amina',
      what: 'redriven',
      trace: TRACE,
      step: { attempt: 2, tookMs: 31, bytesRead: 900, bytesWritten: 40 },
      versionBefore: 'a1',
      versionAfter: 'b2',
    },
  }),
];

const rowsOf = (page: Page) => page.locator('[data-row]').count();
const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

inBrowser('the page of the audit', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());
  const opened = async (options = {}) => {
    const memory = new MemoryAudit(LINES, [aProof({ rows: 57 }), aProof({ day: '2026-11-30', notSealed: 4, head: null })]);
    const { auditPage, log } = await deskWith([], [], undefined, undefined, undefined, undefined, memory);
    const opening = await browser.open(auditPage, options);
    await opening.page.locator('[data-row]').first().waitFor();
    return { memory, log, auditPage, ...opening };
  };

  it('has what was said, the newest first, page after page; a row opens by keys to all of its fields, and leads to the record', async () => {
    const { page, complaints } = await opened();
    expect(await rowsOf(page)).toBe(50);
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByText('57 rows shown, the newest first').waitFor();
    expect(await page.getByRole('button', { name: 'Earlier' }).count()).toBe(0);
    await page.locator('h1').click();
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    const fields = page.locator('.fields-of-line');
    expect(await fields.locator('dt').allTextContents()).toEqual(
      expect.arrayContaining(['Recorded', 'Said', 'Row', 'Belongs to', 'Id of the message', 'code']),
    );
    expect(await fields.locator('dd').allTextContents()).toEqual(expect.arrayContaining(['56', ENCOUNTER.uuid, 'parked', 'unmapped', 'missing-metadata']));
    expect(await fields.getByRole('link').getAttribute('href')).toBe(`/records/${ENCOUNTER.uuid}`);
    expect(complaints).toEqual([]);
  });

  it('is searched by what is chosen, which its address keeps, and by what is typed, which stands in no address and no log', async () => {
    const { page, memory, log, complaints } = await opened();
    await page.getByLabel('Outcome').selectOption('parked');
    await page.getByLabel('Record (uuid)').fill('Achieng Otieno');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('This is no uuid.').waitFor();
    await page.getByLabel('Record (uuid)').fill(ENCOUNTER.uuid);
    await page.getByLabel('Words').fill('missing-metadata');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('1 row shown').waitFor();
    expect(memory.asked.at(-1)).toEqual({ outcome: 'parked', record: ENCOUNTER.uuid, text: 'missing-metadata' });
    expect(page.url()).toContain('/audit#record=');
    await page.reload();
    await page.getByText('1 row shown').waitFor();
    expect(memory.asked.at(-1)).toEqual({ outcome: 'parked', record: ENCOUNTER.uuid });
    await page.getByLabel('Words').fill('Achieng');
    await page.getByLabel('Who did it (account)').fill('Achieng');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('Nothing in the audit fits.').waitFor();
    const visited = await page.evaluate<string>(`performance.getEntriesByType('resource').map(({ name }) => name).join()`);
    expect([page.url(), visited, log.text()].filter((text) => text.includes('Achieng'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows what was sent to a site and answered to whoever says why, who is named', async () => {
    const { page, memory, complaints } = await opened({ bypassCSP: true });
    const line = LINES.find(({ id }) => id === '55')!;
    memory.kept = [aBody(line, { shownBefore: [{ by: 'grace', at: '2026-11-29T11:00:00.000Z', reason: 'complaint', note: 'she asked' }] })];
    await page.locator('[data-row]').nth(2).click();
    await page.getByRole('button', { name: 'What was sent and answered' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('answered 400').waitFor();
    const show = dialog.getByRole('button', { name: 'Show' });
    expect(await show.isDisabled()).toBe(true);
    await dialog.getByLabel('Why it is looked at').selectOption('data-protection');
    await dialog.getByLabel('In your words').fill('asked by the ministry');
    expect(await seriousIn(page)).toEqual([]);
    await show.click();
    await page.getByText('Say who you are first').first().waitFor();
    expect(memory.shown).toEqual([]);
    await page.getByLabel('Your name').fill('amina');
    await page.getByRole('button', { name: 'What was sent and answered' }).click();
    await dialog.getByLabel('In your words').fill('asked by the ministry');
    await show.click();
    await dialog.getByText('{"error":"refused"}').waitFor();
    expect(memory.shown).toEqual([{ id: memory.kept[0]!.id, reason: 'fault', note: 'asked by the ministry', by: 'amina' }]);
    expect(await dialog.getByText('Shown before').textContent()).toContain('grace, for a complaint. she asked');
    expect(await seriousIn(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('leads from a line to the whole walk', async () => {
    const { page, memory, complaints } = await opened();
    await page.locator('[data-row]').first().click();
    const fields = page.locator('.fields-of-line');
    expect(await fields.locator('dt').allTextContents()).toEqual(expect.arrayContaining(['Walk (trace)', 'Attempt', 'Bytes sent to sites', 'From version']));
    await fields.getByRole('button', { name: 'All of this walk' }).click();
    await page.getByText('1 row shown').waitFor();
    expect(memory.asked.at(-1)).toEqual({ trace: TRACE });
    expect(await page.getByLabel('Walk (trace)').inputValue()).toBe(TRACE);
    expect(page.url()).toContain(`trace=${TRACE}`);
    expect(complaints).toEqual([]);
  });

  it('is exported, a day or what is searched, once somebody has said who they are; what is broken off is said, and nothing kept of it', async () => {
    const { page, memory } = await opened();
    await page.getByText('Export', { exact: true }).click();
    await page.getByLabel('Day (UTC)').first().fill('2026-11-29');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByText('Say who you are first').first().waitFor();
    expect(memory.exported).toEqual([]);
    await page.keyboard.type('Amina');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    await page.getByText('audit-2026-11-29.csv is with your browser, whole.').waitFor();
    expect(download.suggestedFilename()).toBe('audit-2026-11-29.csv');
    const day = { since: '2026-11-29T00:00:00.000Z', until: '2026-11-30T00:00:00.000Z' };
    expect(memory.exported).toEqual([{ filter: day, format: 'csv', by: 'Amina', ended: true }]);
    await page.getByLabel('Outcome').selectOption('parked');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('1 row shown').waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('searched');
    await page.getByLabel('As', { exact: true }).selectOption('fhir');
    const downloads: string[] = [];
    page.on('download', (one) => downloads.push(one.suggestedFilename()));
    memory.breaksOff = new Error('the database went away');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByText('The export was broken off. Nothing was kept of it').waitFor();
    expect([downloads, memory.exported.at(-1)]).toEqual([[], { filter: { outcome: 'parked' }, format: 'fhir', by: 'Amina', ended: false }]);
  });

  it('is held against its seals, a day or all of them, and names the first row that is not as it was', async () => {
    const { page, memory } = await opened();
    await page.getByText('Is it as it was written?').click();
    await page.getByRole('button', { name: 'Verify all days' }).click();
    await page.getByText('Verified: 1 day, 57 rows, all as they were sealed.').waitFor();
    await page.getByText('30 November 2026 is not sealed yet: 4 rows. Nothing can be said of it.').waitFor();
    memory.proofs = [aProof({ rows: 55, verdict: 'broken', fault: { id: '56', what: 'altered' }, head: null })];
    await page.getByRole('form', { name: 'Is it as it was written?' }).getByLabel('Day (UTC)').fill('2026-11-29');
    await page.getByRole('button', { name: 'Verify the day' }).click();
    await page.getByText('Row 56 of 29 November 2026 (said here) was altered.').waitFor();
    expect(await page.getByText('Verified:').count()).toBe(0);
    await page.getByRole('region', { name: 'As the row stands now' }).getByText('missing-metadata').waitFor();
  });

  it('says how far it is with all days, and can be stopped', async () => {
    const { page, memory } = await opened();
    memory.proofs = [1, 2, 3].map((day) => aProof({ day: `2026-11-0${day}`, rows: 10 }));
    const gate: (() => void)[] = [];
    const verify = memory.verify.bind(memory);
    memory.verify = async (day) => {
      await new Promise<void>((resolve) => void gate.push(resolve));
      return verify(day);
    };
    await page.getByText('Is it as it was written?').click();
    await page.getByRole('button', { name: 'Verify all days' }).click();
    await page.getByText('1 November 2026 is being verified').waitFor();
    await until('the first day is asked for', async () => gate.length === 1, 10_000);
    gate[0]?.();
    await page.getByText('2 November 2026 is being verified').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await until('the second day is asked for', async () => gate.length === 2, 10_000);
    gate[1]?.();
    await page.getByText('Stopped after 2 of 3 days.').waitFor();
    await page.getByText('Verified: 2 days, 20 rows, all as they were sealed.').waitFor();
    expect(gate).toHaveLength(2);
  });

  it.each([
    ['fr-FR', 'light', 'Journal d’audit', 'Exporter', 'Est-il tel qu’il a été écrit ?', 'Vérifier tous les jours'],
    ['es-MX', 'dark', 'Auditoría', 'Exportar', '¿Está como se escribió?', 'Verificar todos los días'],
    ['en-GB', 'dark', 'Audit', 'Export', 'Is it as it was written?', 'Verify all days'],
  ] as const)('is found without serious fault by axe, and fits a phone: %s, %s', async (locale, colorScheme, title, exporting, verifying, all) => {
    const { page, memory } = await opened({ locale, colorScheme, bypassCSP: true });
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText(exporting, { exact: true }).click();
    await page.getByText(verifying).click();
    memory.proofs = [aProof({ rows: 55, verdict: 'broken', fault: { id: '56', what: 'altered' }, head: null })];
    await page.getByRole('button', { name: all }).click();
    await page.locator('section dl').waitFor();
    await page.locator('[data-row]').first().click();
    await page.locator('td dl').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    // Axe cannot tell of what lies over something else.
    const behind = await page.evaluate(`getComputedStyle(document.querySelector('.cds--inline-notification')).backgroundColor`);
    expect(behind).toBe(colorScheme === 'dark' ? 'rgb(38, 38, 38)' : 'rgb(255, 241, 241)');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await width(page)).toBeLessThanOrEqual(390);
  });
});
