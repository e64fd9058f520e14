import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BoardInstance, ToldHealth } from '@sync-hub/contracts';
import { aToldHealth } from '@sync-hub/contracts/testing';
import type { Page } from 'playwright-core';
import { memoryConsole, TOKEN } from '../../apps/console/src/testing/memory-console.js';
import { anOverview } from '../../apps/console/src/testing/overview.builder.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const SHOTS = process.env['SYNC_HUB_SHOTS'];

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/** As it stood so many seconds ago, when it was told. */
function toldAgo(seconds: number, changes: Partial<ToldHealth> = {}): ToldHealth {
  const health = aToldHealth({ takenAt: ago(seconds) });
  const route = { freshness: { state: 'fresh', asOf: ago(seconds + 4), because: 'feed' }, lastGoodAt: ago(seconds + 60) } as const;
  return { ...health, links: health.links.map((link) => ({ ...link, routes: link.routes.map((one) => ({ ...one, ...route })) })), ...changes };
}

const anInstance = (origin: string, changes: Partial<BoardInstance> = {}, seconds = 8): BoardInstance => ({
  ...{ origin, heardAt: ago(seconds), isUnheard: false, isOutdated: false },
  ...{ health: toldAgo(seconds), healthAsOf: ago(seconds), healthHeardAt: ago(seconds) },
  ...changes,
});

/** A clinic whose site is down: what is to go there is late, and waits; on the way up one link is braked, and something is held. */
function inTrouble(): BoardInstance {
  const health = toldAgo(8, { heldTotal: 4 });
  const sites = health.sites.map((site) =>
    site.site === 'kisumu' ? { ...site, title: 'Kisumu clinic', state: 'down' as const, since: ago(4000), code: 'site-down', toWrite: 318 } : site,
  );
  const links = health.links.map((link) => ({
    ...link,
    braked: { since: ago(600), reason: 'voids-per-hour', category: 'patient', voids: 51 },
    routes: link.routes.map((route) => ({
      ...route,
      freshness: { state: 'late' as const, asOf: ago(4000), because: route.direction === 'pull' ? 'target' : 'source' },
      standing: 'braked',
      ...(route.direction === 'pull' ? { jobs: 318, catchUpSeconds: null } : { held: { conflict: 3, refused: 1 } }),
    })),
  }));
  return anInstance('kisumu-box', { health: { ...health, sites, links } });
}

const ALL: readonly BoardInstance[] = [
  anInstance('busia-box'),
  inTrouble(),
  anInstance('siaya-box', { isUnheard: true, isOutdated: true }, 9000),
  anInstance('homabay-box', { heardAt: null, isUnheard: true, isOutdated: true, health: null, healthAsOf: null, healthHeardAt: null }),
  anInstance('kitui-box', {}, 3600),
  anInstance('migori-box', { isOutdated: true, health: null, healthAsOf: null, healthHeardAt: null }),
];

inBrowser('other instances on the board', () => {
  const browser = browserFor(found);
  const consoles: { stop(): Promise<void> }[] = [];
  beforeAll(() => workbenchOfRun());
  afterAll(() => Promise.all(consoles.map((one) => one.stop())));

  let instances: readonly BoardInstance[] = ALL;
  const opened = async (options: Parameters<typeof browser.open>[1] = {}) => {
    instances = ALL;
    const running = await memoryConsole({
      overview: { read: async () => anOverview({ takenAt: new Date() }) },
      instances: { read: async () => instances },
      board: { lookMs: 50 },
    });
    consoles.push(running);
    const { page, complaints } = await browser.open(`${running.url}/board#token=${TOKEN}`, { bypassCSP: true, ...options });
    await page.getByRole('heading', { name: 'Other instances' }).waitFor();
    return { page, complaints };
  };
  /** What stands of one of them: its heading, and its rows. */
  const of = (page: Page, origin: string) => page.locator('tbody').filter({ has: page.getByRole('rowheader', { name: origin }) });
  const tagsOf = (page: Page, origin: string) =>
    of(page, origin)
      .locator('.cds--tag')
      .evaluateAll((tags) => tags.map((tag) => (tag as unknown as { className: string }).className));

  it('are all there, those first that somebody is to look at, with what each told', async () => {
    const { page, complaints } = await opened();
    await page.getByText('4 of 6 to be looked at').waitFor();
    expect(await page.locator('.field-name').allTextContents()).toEqual(['kisumu-box', 'siaya-box', 'homabay-box', 'migori-box', 'busia-box', 'kitui-box']);
    const box = of(page, 'kisumu-box');
    await box.getByText(/Sync Hub 0\.1\.0, heard of \d+ seconds ago/).waitFor();
    for (const text of ['(site-down)', '318 records to be written', '3 conflicts', 'Kisumu clinic → central']) await box.getByText(text).first().waitFor();
    expect([
      await box.getByText('late', { exact: true }).count(),
      await box.getByText(/^Braked since .*: 51 were to be voided \(patient\)\.$/).count(),
    ]).toEqual([2, 2]);
    expect(await box.getByRole('link', { name: /refused/ }).getAttribute('href')).toBe('/parked?origin=kisumu-box');
    expect(await of(page, 'busia-box').getByText('fresh', { exact: true }).count()).toBe(2);
    expect([await seriousIn(page), complaints]).toEqual([[], []]);
  });

  it('are grey, with when that was, where nobody knows how they are now', async () => {
    const { page } = await opened();
    await page.getByText(/^siaya-box has not been heard of since .*nobody knows here how it is now\.$/).waitFor();
    await page.getByText('homabay-box has not told anything yet.').waitFor();
    await page.getByText(/^migori-box is heard of, and does not tell how its links do/).waitFor();
    expect((await tagsOf(page, 'busia-box')).some((name) => name.includes('green'))).toBe(true);
    await page.getByText(/^kitui-box may be silent for longer: all of this is as it told at /).waitFor();
    for (const origin of ['siaya-box', 'kitui-box']) {
      const tags = await tagsOf(page, origin);
      expect([tags.length, tags.filter((name) => !name.includes('gray'))]).toEqual([4, []]);
      expect(await of(page, origin).getByText('fresh when heard').count()).toBe(2);
    }
    instances = ALL.map((one) => (one.origin === 'busia-box' ? { ...one, isUnheard: true, isOutdated: true } : one));
    await of(page, 'busia-box').getByText('fresh when heard').first().waitFor();
    expect((await tagsOf(page, 'busia-box')).filter((name) => !name.includes('gray'))).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('are found without serious fault by axe, and fit a phone: %s', async (colorScheme) => {
    const { page } = await opened({ colorScheme });
    expect(await seriousIn(page)).toEqual([]);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/instances-${colorScheme}.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/instances-phone-${colorScheme}.png`, fullPage: true });
  });

  it.each([
    ['fr-FR', 'Autres instances', 'homabay-box n’a encore rien fait savoir.'],
    ['es-MX', 'Otras instancias', 'homabay-box aún no ha comunicado nada.'],
  ])('speak the language of the browser: %s', async (locale, title, text) => {
    const running = await memoryConsole({ overview: { read: async () => anOverview({ takenAt: new Date() }) }, instances: { read: async () => ALL } });
    consoles.push(running);
    const { page } = await browser.open(`${running.url}/board#token=${TOKEN}`, { locale });
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText(text).waitFor();
  });
});
