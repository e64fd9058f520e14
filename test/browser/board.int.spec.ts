import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { aPatient, personAt } from '../end-to-end/people.js';
import { type RunningWorld, runningHub } from '../end-to-end/running-hub.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

/** So old may be what is not at its target yet, in this test. */
const TARGET_SECONDS = 10;

inBrowser('the board before a running hub', () => {
  const browser = browserFor(found);
  let world: RunningWorld;
  let ward = '';
  beforeAll(async () => {
    await workbenchOfRun();
    const freshness = { pullSeconds: TARGET_SECONDS, pushSeconds: TARGET_SECONDS };
    world = await runningHub({ link: () => ({ freshness }) });
    ward = world.site('kisumu').clinician.addLocation({ name: 'Ward' });
    await world.atRest(60_000);
  }, 180_000);
  afterAll(() => world?.stop());

  const routes = ['central → kisumu', 'kisumu → central', 'central → siaya', 'siaya → central'];
  const rowOf = (page: Page, route: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: route, exact: true }) });
  const is = (page: Page, route: string, state: 'fresh' | 'late', timeout = 30_000) =>
    rowOf(page, route).getByText(state, { exact: true }).waitFor({ timeout });

  it('is what people see first: every link is fresh, and stays so though nothing is entered anywhere', async () => {
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl, { bypassCSP: true });
    for (const route of routes) await is(page, route, 'fresh');
    await page.getByText('Every site answers.').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    const idleSeconds = () => world.count(`select extract(epoch from now() - max(opened_at)) as count from change`);
    await until('nothing was entered for longer than the target', async () => (await idleSeconds()) > 1.5 * TARGET_SECONDS, 60_000);
    for (const route of routes) await is(page, route, 'fresh', 1000);
    expect(complaints).toEqual([]);
  });

  it('shows a clinic that stops within twice the target, on its own link alone, and is clear by itself once it is back', async () => {
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl);
    for (const route of routes) await is(page, route, 'fresh');
    const stopped = Date.now();
    await world.site('kisumu').down();
    const patient = world.site('kisumu').clinician.addPatient(aPatient({ location: ward }));
    const isSaid = page.getByText(/^kisumu is down since \d+[:.]\d+.*, \d+ waiting/).waitFor();
    await Promise.all([is(page, 'kisumu → central', 'late'), is(page, 'central → kisumu', 'late'), isSaid]);
    expect(Date.now() - stopped).toBeLessThan(2 * TARGET_SECONDS * 1000);
    await rowOf(page, 'kisumu → central').getByText('kisumu does not answer').waitFor();
    for (const route of ['central → siaya', 'siaya → central']) expect(await rowOf(page, route).getByText('fresh', { exact: true }).count()).toBe(1);

    await world.site('kisumu').up();
    await Promise.all([is(page, 'kisumu → central', 'fresh'), is(page, 'central → kisumu', 'fresh'), page.getByText('Every site answers.').waitFor()]);
    await until('what was entered meanwhile is at the parent', () => personAt(world.site('central'), patient) !== undefined);
    expect(complaints).toEqual([]);
  });

  it('stops one direction of a link for a reason, shows what waits for it, and lets it go on', async () => {
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl, { bypassCSP: true });
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('link', { name: 'kisumu → central', exact: true }).click();
    await page.getByText('Nobody has stopped it so far.').waitFor();
    await page.getByRole('button', { name: 'Pause … (kisumu → central)' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Pause …' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why, for whoever finds it so').fill('The register is moved');
    await dialog.getByRole('button', { name: 'Pause …' }).click();
    await page.getByText('Paused. A write under way comes to its end.').waitFor();
    await rowOf(page, 'kisumu → central').getByText('by Amina, since').waitFor();
    const [held, free] = [world.site('kisumu').clinician.addLocation({ name: 'Held' }), world.site('central').clinician.addLocation({ name: 'Free' })];
    await rowOf(page, 'kisumu → central').getByText('1 record to be written').waitFor({ timeout: 30_000 });
    const isAt = (site: string, place: string): boolean =>
      world
        .site(site)
        .state()
        .locations.some(({ uuid }) => uuid === place);
    await until('the other direction goes on', () => isAt('kisumu', free), 30_000);
    expect(isAt('central', held)).toBe(false);
    await rowOf(page, 'kisumu → central').getByText('done by: not known').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Let it go on (kisumu → central)' }).click();
    await until('it is at the parent', () => isAt('central', held), 30_000);
    await page.getByRole('cell', { name: 'The register is moved' }).waitFor();
    expect(await world.count(`select count(*) as count from audit where type = 'link.acted.v1' and details ->> 'by' = 'Amina'`)).toBe(2);
    await page.getByRole('link', { name: 'kisumu', exact: true }).last().click();
    await page.getByRole('heading', { name: 'Feeds' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('link', { name: '← Board' }).click();
    await page.getByRole('link', { name: 'Patient', exact: true }).click();
    await rowOf(page, 'central → siaya').getByText('yes', { exact: true }).waitFor();
    expect([await seriousIn(page), complaints]).toEqual([[], []]);
  });
});
