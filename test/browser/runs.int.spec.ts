import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ManualRun, ManualRunRecord } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { MemoryFeeds } from '../../apps/console/src/testing/memory-feeds.js';
import { aRun, MemoryRuns } from '../../apps/console/src/testing/memory-runs.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;
const PATIENT = '8d6c993e-c2cc-11de-8d13-0010c6dffd0f';

/** A dry run of patients that is over. */
function overDry(): Partial<ManualRun> {
  const asked = { requests: 16, ms: 1600, bytes: 12_000 };
  const end = { requests: 16, msPerRequest: 100, atOnce: 6 };
  const about = { seconds: 240, slowest: 'target' as const, source: end, target: { ...end, requests: 46 } };
  const told = { writes: 9, conflicts: 2, bytesToSend: 2400, source: asked, target: asked, about };
  const became = [
    { as: 'would-create', reason: null, records: 7 },
    { as: 'would-follow', reason: null, records: 2 },
    { as: 'would-ask', reason: 'both-edited', records: 2 },
    { as: 'would-be-held', reason: 'unmapped', records: 1 },
  ];
  const categories = [{ category: 'patient', listed: 12, underWay: 0, ended: 12, became, told }];
  const along = [{ as: 'would-create', records: 2 }];
  return { state: 'ended', endedAt: new Date().toISOString(), dry: true, waitsFor: null, told, along, categories };
}

inBrowser('the page of runs by hand', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());
  const opened = async (runs = new MemoryRuns(), options = {}) => {
    const { runsPage } = await deskWith([], [], undefined, undefined, runs);
    return { runs, ...(await browser.open(runsPage, options)) };
  };

  it('begins one of a patient, shows how it goes on, and what became of her records', async () => {
    const { page, runs, complaints } = await opened(new MemoryRuns(), { bypassCSP: true });
    await page.getByText('Nobody has had anything looked at by hand.').waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('patient');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('This is no UUID.').waitFor();
    await page.getByLabel('UUID of the patient').fill(` ${PATIENT} `);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Say who you are first').first().waitFor();
    expect(runs.asked).toEqual([]);
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('finding what there is').waitFor();
    expect(runs.asked).toEqual([{ by: 'Amina', wish: { link: 'kisumu', direction: 'pull', scope: { what: 'patient', patient: PATIENT }, dry: false } }]);
    const id = runs.runs[0]?.id ?? '';
    const visit = { category: 'visit', listed: 2, underWay: 2, ended: 0, became: [] };
    runs.move(id, { state: 'looking', categories: [visit] });
    await page.getByText('0 of 2 records').first().waitFor();
    runs.move(id, {
      state: 'ended',
      endedAt: new Date().toISOString(),
      categories: [
        {
          ...visit,
          underWay: 0,
          ended: 2,
          became: [
            { as: 'pushed', reason: null, records: 1 },
            { as: 'parked', reason: 'unmapped', records: 1 },
          ],
        },
      ],
    });
    await page.getByText('Done: 2 records looked at; 1 held.').waitFor();
    await page.getByRole('button', { name: '1 written' }).waitFor();
    await page.getByRole('button', { name: '1 parked (unmapped)' }).waitFor();
    expect([await seriousIn(page), complaints]).toEqual([[], []]);
  });

  it('says what would come of one, about how long it would take, and which records those are', async () => {
    const records: ManualRunRecord[] = [
      {
        record: { aggregate: 'person', uuid: PATIENT },
        category: 'patient',
        as: 'would-ask',
        reason: 'both-edited',
        fields: ['gender'],
        awaits: [],
        isAlong: false,
      },
    ];
    const { page, runs, complaints } = await opened(new MemoryRuns([], records), { bypassCSP: true });
    await page.getByLabel('Your name').fill('Amina');
    await page.getByText('Only say what would come of it').click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('finding what there is').waitFor();
    expect(runs.asked).toMatchObject([{ wish: { link: 'kisumu', direction: 'pull', dry: true } }]);
    const id = runs.runs[0]?.id ?? '';
    runs.move(id, { state: 'looking', waitsFor: { site: 'kisumu', why: 'down' } });
    await page.getByText('Waits for kisumu: it does not answer.').waitFor();
    runs.move(id, overDry());
    await page.getByText('Done: 12 records looked at; 3 would be held. Nothing was written.').waitFor();
    await page.getByText('A run that writes would take about 4 minutes').waitFor();
    await page.getByText('46 requests at kisumu, 100 ms each, 6 at once. kisumu sets the pace.', { exact: false }).waitFor();
    await page.getByText('which come along: 2 would be created.', { exact: false }).waitFor();
    await page.getByRole('button', { name: '2 would be asked about' }).click();
    await page.getByRole('link', { name: PATIENT }).waitFor();
    expect(await page.getByRole('link', { name: PATIENT }).getAttribute('href')).toBe(`/records/${PATIENT}`);
    expect([await seriousIn(page), complaints]).toEqual([[], []]);
  });

  it('says it on a phone, too', async () => {
    const { page } = await opened(new MemoryRuns([aRun(1, overDry())]), { phone: true, bypassCSP: true });
    await page.locator('[data-row]').first().click();
    await page.getByText('Nothing was written.', { exact: false }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('says which is under way where one is, and calls it off', async () => {
    const { page, runs, complaints } = await opened(new MemoryRuns([aRun(1)]));
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('link', { name: 'See it' }).click();
    await page.getByText('3 of 4 records').first().waitFor();
    await page.getByRole('button', { name: 'Call it off' }).click();
    await page.getByText('Called off. What was under way comes to its end; nothing more is begun.').waitFor();
    expect(runs.runs[0]?.state).toBe('cancelled');
    // Of a refusal the browser itself keeps a line.
    expect(complaints.filter((one) => !one.includes('409'))).toEqual([]);
  });

  it('has a feed read from its start once somebody has seen what that means', async () => {
    const feeds = new MemoryFeeds();
    const { runsPage } = await deskWith([], [], undefined, undefined, new MemoryRuns(), feeds);
    const { page, complaints } = await browser.open(runsPage, { bypassCSP: true });
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Read from the start (kisumu, patient)' }).click();
    await page.getByText('nothing is written twice', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(feeds.rewound).toEqual([]);
    await page.getByRole('button', { name: 'Read from the start (kisumu, patient)' }).click();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Read from the start' }).click();
    await page.getByText('The feed patient of kisumu is read from its start.').waitFor();
    expect([feeds.rewound, complaints]).toEqual([[{ site: 'kisumu', category: 'patient', by: 'Amina' }], []]);
  });

  it('is read on a phone, by keys, and in French', async () => {
    const { page } = await opened(new MemoryRuns([aRun(1), aRun(2, { state: 'ended', endedAt: new Date().toISOString() })]), {
      phone: true,
      bypassCSP: true,
    });
    await page.locator('[data-row]').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    await page.getByLabel('Language').selectOption('fr');
    await page.getByRole('heading', { name: 'À la main' }).waitFor();
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Terminé : 4 enregistrements vus, rien n’est retenu.').waitFor();
    await until('its address says which', async () => page.url().includes('/runs/'), 10_000);
    expect(await seriousIn(page)).toEqual([]);
  });
});
