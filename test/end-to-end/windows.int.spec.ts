import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfiguration } from '@sync-hub/configuration';
import { until } from '@sync-hub/messaging/testing';
import { checkSite } from '@sync-hub/runtime';
import { aUuid, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);

interface File {
  readonly sites: readonly { readonly id: string }[];
}

describe('a clinic that may be asked at certain hours', () => {
  let running: Awaited<ReturnType<typeof runningHub>>;
  beforeAll(async () => {
    running = await runningHub(
      { sites: { central: '2.8', kisumu: '2.8' } },
      { times: { keepLinksMs: 300, settleClaimMs: 200, probeUpSeconds: 1, probeDownSeconds: 1, configurationPollMs: 200 } },
    );
    await running.atRest();
  }, 180_000);
  afterAll(() => running.stop());

  /** As an administrator does it: the file is written, and nothing else. */
  async function openFrom(from: string, to: string): Promise<void> {
    const taken = (): number => running.log('configuration-taken').length;
    const before = taken();
    const file = JSON.parse(await readFile(running.world.configurationFile, 'utf8')) as File;
    const sites = file.sites.map((site) => (site.id === 'kisumu' ? { ...site, timeZone: 'UTC', windows: [{ from, to }] } : site));
    await writeFile(running.world.configurationFile, JSON.stringify({ ...file, sites }));
    await until('it is taken', () => taken() > before, 20_000);
  }
  const addAt = (site: string): string => running.site(site).clinician.addLocation({ uuid: aUuid(), name: `Ward at ${site}` });
  const isAt = (site: string, uuid: string): boolean =>
    running
      .site(site)
      .state()
      .locations.some((row) => row.uuid === uuid);
  const news = async (): Promise<readonly string[]> => {
    const { page } = (await (await fetch(`${running.standalone.consoleUrl}/api/overview`)).json()) as { page: { news: readonly { text: string }[] } };
    return page.news.map(({ text }) => text);
  };

  it('is asked nothing outside of them, not even whether it is there; what waits goes on when they open, and everybody is told', async () => {
    await openFrom(hoursFromNow(3), hoursFromNow(4));
    await until('the log says that it rests', () => running.log('rests').some(({ site }) => site === 'kisumu'), 20_000);
    const [kisumu, central] = [running.site('kisumu'), running.site('central')];
    kisumu.resetRequests();
    central.resetRequests();
    const [down, up] = [addAt('central'), addAt('kisumu')];
    await until('it is on its way', async () => (await running.count(`select count(*) from job where target = 'kisumu' and state <> 'ended'`)) === 1, 30_000);
    await until('the parent was asked many things meanwhile', () => central.requests.length > 30, 60_000);
    expect([kisumu.requests, isAt('kisumu', down), isAt('central', up)]).toEqual([[], false, false]);
    expect(await news()).toContainEqual(expect.stringMatching(/^kisumu rests until .*[0-9]{2}:[0-9]{2} \(its windows\), 1 waiting$/));
    expect(await running.held()).toEqual([]);

    // A person who asks for it is let.
    const configuration = loadConfiguration(await readFile(running.world.configurationFile, 'utf8'), 'sync-hub.json');
    expect((await checkSite(configuration, 'kisumu', running.world.logins)).length).toBeGreaterThan(0);
    expect(kisumu.requests.length).toBeGreaterThan(0);

    await openFrom('00:00', '24:00');
    await until('what waited is there, and what it had is at the parent', () => isAt('kisumu', down) && isAt('central', up), 60_000);
    await running.atRest();
    expect(running.log('rests-no-more').map(({ site }) => site)).toEqual(['kisumu']);
    expect(running.log('periodic-work-failed')).toEqual([]);
  });
});
