import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Role } from '@sync-hub/contracts';
import type { Page } from 'playwright-core';
import { aPatientConflict, idOf } from '../../apps/console/src/testing/conflict.builder.js';
import { aHeld, MemoryHeld } from '../../apps/console/src/testing/memory-held.js';
import { aPatientsLife, MemoryRecords } from '../../apps/console/src/testing/memory-records.js';
import { aRun, MemoryRuns } from '../../apps/console/src/testing/memory-runs.js';
import { type PeopleBench, peopleBench } from '../../apps/console/src/testing/people-bench.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const LACKS = {
  find: 'find a record by an identifier or a name',
  see: 'see what stands in records',
  drive: 'have what is held looked at again, parked or given up, and routes and feeds looked through by hand',
  answer: 'answer conflicts',
  rules: 'make rules',
} as const;
type Lack = keyof typeof LACKS;

interface Shown {
  readonly place: string;
  /** Stands there once all of it does. */
  readonly anchor: string;
  /** What has something done there, and for whom it is there. */
  readonly acts: Readonly<Record<string, readonly Role[]>>;
  /** What is said of who may not. */
  readonly lacks: Readonly<Partial<Record<Lack, readonly Role[]>>>;
}

const RUN = aRun(1);

/** Which button is there for whom, page by page. */
const PAGES: readonly Shown[] = [
  { place: '/conflicts', anchor: 'table >> text=Gender', acts: {}, lacks: { see: ['viewer', 'operator'] } },
  {
    place: '/conflicts/rules',
    anchor: 'table >> text=in force',
    acts: { 'Revoke: Gender, Patient, kisumu': ['resolver'] },
    lacks: { rules: ['viewer', 'operator'] },
  },
  { place: '/conflicts/bulk', anchor: 'text=Answer many', acts: { 'See what it would do': ['resolver'] }, lacks: { answer: ['viewer', 'operator'] } },
  {
    place: `/parked/${aHeld(1).group}`,
    anchor: 'text=One by one',
    acts: { 'Will it work now?': ['operator'], 'Try 1 again': ['operator'], 'Lay aside …': ['operator'], 'Discard 1 …': ['operator'] },
    lacks: { drive: ['viewer', 'resolver'] },
  },
  {
    place: `/parked/${aHeld(1).id}`,
    anchor: 'dt >> text=Since',
    acts: { 'Will it work now?': ['operator'], 'Try again': ['operator'], 'Lay aside …': ['operator'], 'Discard …': ['operator'] },
    lacks: { drive: ['viewer', 'resolver'] },
  },
  { place: '/records', anchor: 'text=Find a record', acts: { Find: ['operator', 'resolver'] }, lacks: { find: ['viewer'] } },
  {
    place: '/runs',
    anchor: 'table >> text=Last read',
    acts: { Begin: ['operator'], 'Read from the start (kisumu, patient)': ['operator'] },
    lacks: { drive: ['viewer', 'resolver'] },
  },
  { place: `/runs/${RUN.id}`, anchor: 'text=under way', acts: { 'Call it off': ['operator'] }, lacks: {} },
];

inBrowser('a page, for each role,', () => {
  const browser = browserFor(found);
  let bench: PeopleBench;
  let url: string;
  beforeAll(async () => {
    await workbenchOfRun();
    bench = await peopleBench();
    const { people } = bench;
    const desk = await deskWith(
      [aPatientConflict(1)],
      [],
      new MemoryHeld([aHeld(1)]),
      new MemoryRecords(aPatientsLife()),
      new MemoryRuns([RUN]),
      undefined,
      undefined,
      undefined,
      { people },
    );
    await desk.rules.add({ link: 'kisumu', category: 'patient', field: 'gender', policy: 'child-wins' }, 'somebody');
    url = desk.url;
  }, 180_000);
  afterAll(() => bench?.stop());

  /** Signed in, with every answer that the page was refused. */
  async function as(role: Role, name = `a ${role}`) {
    const { secret } = await bench.somebody(name, role);
    const opened = await browser.open('about:blank', { bypassCSP: true });
    await opened.context.addCookies([{ name: `sync-hub-session${new URL(url).port}`, value: secret, url }]);
    opened.page.setDefaultTimeout(5_000);
    const refused: string[] = [];
    opened.page.on('response', (answer) => answer.status() === 403 && refused.push(new URL(answer.url()).pathname));
    return { ...opened, refused };
  }

  const buttons = async (page: Page) =>
    (await page.locator('main button:visible').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''))).filter(
      (name) => !name.startsWith('Keys'),
    );

  for (const role of ['viewer', 'operator', 'resolver'] as const)
    it(`shows what a ${role} may do, says what they may not, and asks for nothing that would be refused`, async () => {
      const { page, refused } = await as(role);
      for (const { place, anchor, acts, lacks } of PAGES) {
        await page.goto(`${url}${place}`);
        await page.locator(`main >> ${anchor}`).first().waitFor();
        const may = Object.entries(acts).flatMap(([name, whose]) => (whose.includes(role) ? [name] : []));
        for (const name of may) await page.locator('main').getByRole('button', { name, exact: true }).first().waitFor();
        const shown = await buttons(page);
        const known = Object.keys(acts);
        expect({ place, shown: shown.filter((name) => known.includes(name)).sort() }).toEqual({ place, shown: may.sort() });
        const said = await page.locator('main p.soft', { hasText: 'Your role does not let you' }).allTextContents();
        const should = Object.entries(lacks).flatMap(([what, whose]) => (whose.includes(role) ? [`Your role does not let you: ${LACKS[what as Lack]}.`] : []));
        expect({ place, said }).toEqual({ place, said: should });
        expect({ place, shown }).toEqual({
          place,
          shown: shown.filter((name) => known.includes(name) || !/revoke|discard|lay aside|again|begin|answer|call it off/i.test(name)),
        });
        if (role === 'viewer') expect({ place, serious: await seriousIn(page) }).toEqual({ place, serious: [] });
      }
      expect(refused).toEqual([]);
      const links = await page.locator('header nav a').allTextContents();
      expect([links.includes('Find a record'), links.includes('Accounts')]).toEqual([role !== 'viewer', false]);
    });

  it('leads to a conflict who may see what stands in it, and offers them to answer', async () => {
    const { page } = await as('administrator');
    await page.goto(`${url}/conflicts`);
    await page.locator('[data-row]').first().click();
    await page.getByRole('button', { name: 'Take it' }).waitFor();
    await page.getByRole('link', { name: 'Accounts' }).waitFor();
  });

  it('leads nobody to a conflict who may not', async () => {
    const { page } = await as('operator', 'Otieno');
    await page.goto(`${url}/conflicts`);
    await page.locator('table >> text=Gender').first().waitFor();
    expect(await page.locator('[data-row]').count()).toBe(0);
    await page.goto(`${url}/conflicts/${idOf(1)}`);
    await page.getByText('Your role does not let you see or do this.').waitFor();
  });
});
