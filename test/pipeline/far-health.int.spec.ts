import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { type BoardInstance, type SiteId, WorkOrders, WorkReport } from '@sync-hub/contracts';
import { aToldHealth } from '@sync-hub/contracts/testing';
import { until } from '@sync-hub/messaging/testing';
import { aWorkReport } from '@sync-hub/persistence/testing';
import { answerSealed, instancesOn, type RawRequest, receivingIn, tellSealed } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';
import { type TappedLine, tappedLine } from './tapped-line.js';

jest.setTimeout(60_000);

const SECRET = 'what kisumu-box and the hub know';
const REFERENCE = { env: 'NOBODY_READS_IT' };
const [BOX, OTHER] = ['kisumu-box', 'siaya-box'];
/** Three seconds: so long an instance may be silent in these tests, and so old may be what is not at its target. */
const HEARD_WITHIN_MINUTES = 0.05;
const FRESH = { pullSeconds: 2, pushSeconds: 2 };
const TIMES = { tellWorkMs: 50, tellHealthMs: 500, tellConflictsMs: 60_000, shipAuditMs: 60_000 };

describe('how a clinic that reports to a hub does', () => {
  const running: { readonly stop: () => Promise<void> }[] = [];
  let hub: Pipeline;
  let clinic: Pipeline;
  let line: TappedLine;
  beforeAll(async () => {
    const from = [BOX, OTHER].map((id) => ({ id, secret: REFERENCE, heardWithinMinutes: HEARD_WITHIN_MINUTES }));
    const secrets = new Map([BOX, OTHER].map((id) => [id, SECRET]));
    hub = await instance({ links: [], instance: { id: 'hub', readOnly: false, receives: { host: '127.0.0.1', port: 0, from } } }, { to: null, from: secrets });
    const open = JSON.parse(hub.lines.find((one) => one.includes('reports-open')) ?? '{}') as { port?: number };
    line = await tappedLine(`http://127.0.0.1:${String(open.port)}`);
    running.push({ stop: () => line.close() });
    clinic = await instance(
      {
        links: twoChildren().links.map((link) => ({ ...link, runsAt: BOX, freshness: FRESH })),
        instance: { id: BOX, readOnly: false, reportsTo: { url: line.url, secret: REFERENCE, conflicts: false } },
      },
      { to: SECRET, from: new Map() },
    );
  }, 60_000);
  afterAll(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  });
  beforeEach(() => line.goes('through'));

  async function instance(changes: Pick<Configuration, 'instance' | 'links'>, reports: { to: string | null; from: Map<string, string> }): Promise<Pipeline> {
    const pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...twoChildren(), ...changes }, reports, times: TIMES });
    running.push(pipeline);
    return pipeline;
  }

  const shown = async (origin = BOX): Promise<BoardInstance> => {
    const all = await instancesOn(hub.hub.repositories.receivedWork, () => receivingIn(hub.hub.rules.current)).read();
    const found = all.find((one) => one.origin === origin);
    if (found === undefined) throw new Error('it is not on the board');
    return found;
  };
  const shows = (what: string, holds: (one: BoardInstance) => boolean, origin = BOX) => until(what, async () => holds(await shown(origin)), 20_000);
  const routesIn = ({ health }: BoardInstance) => health?.links.flatMap(({ routes }) => routes) ?? [];
  const states = (one: BoardInstance): string => [...new Set(routesIn(one).map(({ freshness }) => freshness.state))].join(' ');
  const probed = (site: SiteId, state: 'up' | 'down') =>
    clinic.hub.parts.database.transaction((tx) =>
      clinic.hub.repositories.sites.probed(tx, site, { state, reason: state === 'up' ? null : 'site-down', nextProbeSeconds: 3600 }),
    );
  const isWell = (one: BoardInstance): boolean => !one.isUnheard && !one.isOutdated && states(one) === 'fresh';
  const report = (changes: object): Promise<unknown> =>
    tellSealed(
      { url: line.url, instance: OTHER, secret: SECRET },
      { path: 'standing', report: aWorkReport(changes), answer: WorkOrders },
      new AbortController().signal,
    );

  it('is on the board there: its version, its links both ways, its sites, what is held', async () => {
    await shows('it is well', isWell);
    const one = await shown();
    expect(one.health).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), heldTotal: 0, notTold: { sites: 0, links: 0 } });
    expect(one.health?.sites.map(({ site, state }) => `${site} ${state}`).sort()).toEqual(['central up', 'kisumu up', 'siaya up']);
    expect(routesIn(one).map(({ link, direction, standing }) => `${link} ${direction} ${standing}`)).toEqual([
      ...['kisumu pull live', 'kisumu push live'],
      ...['siaya pull live', 'siaya push live'],
    ]);
    expect(await shown(OTHER)).toMatchObject({ heardAt: null, isUnheard: true, isOutdated: true, health: null });
  });

  it('shows a site of its that stops, on that link alone, and is clear by itself once it is back', async () => {
    await shows('it is well', isWell);
    await probed('kisumu', 'down');
    await shows(
      'the site is down',
      ({ health }) => health?.sites.some(({ site, state, code }) => site === 'kisumu' && state === 'down' && code === 'site-down') === true,
    );
    await shows('its link is late', (one) => routesIn(one).every(({ link, freshness }) => freshness.state === (link === 'kisumu' ? 'late' : 'fresh')));
    await probed('kisumu', 'up');
    await shows('it is well', isWell);
  });

  it('says which link is paused, by whom, and that one is braked', async () => {
    await clinic.hub.linkDesk().act('kisumu', 'pause', { direction: 'push', by: 'Amina', reason: 'the register of Achieng is moved' });
    await shows('it is paused', (one) => routesIn(one).some(({ standing, pause }) => standing === 'paused' && pause?.by === 'Amina'));
    await clinic.query(`insert into link_brake (link, braked_at, reason, category, voids) values ('siaya', now(), 'voids-per-hour', 'patient', 51)
      on conflict (link) do update set braked_at = now(), reason = excluded.reason, category = excluded.category, voids = excluded.voids`);
    await shows('it is braked', ({ health }) => health?.links.some(({ link, braked }) => link === 'siaya' && braked?.voids === 51) === true);
    expect(JSON.stringify(await hub.query(`select health from received_work`))).not.toContain('Achieng');
    await clinic.query(`update link_brake set braked_at = null`);
    await clinic.hub.linkDesk().act('kisumu', 'resume', { direction: 'push', by: 'Amina' });
    await shows('it is well', (one) => isWell(one) && routesIn(one).every(({ standing }) => standing === 'live'));
  });

  it('is unheard where the line is cut, with what was told last and nothing that counts as fresh, and comes back by itself', async () => {
    await shows('it is well', isWell);
    const reads = jest.spyOn(clinic.hub.repositories.overview, 'forBoard');
    line.goes('cut-off');
    await shows('it is unheard', ({ isUnheard }) => isUnheard);
    const one = await shown();
    expect(one).toMatchObject({ isUnheard: true, isOutdated: true });
    expect(states(one)).toBe('fresh');
    const before = reads.mock.calls.length;
    const cuts = line.cuts();
    await until('several were cut off', () => line.cuts() > cuts + 5);
    expect(reads.mock.calls.length).toBe(before);
    reads.mockRestore();
    await probed('siaya', 'down');
    line.goes('through');
    await shows('it is heard of, as it is now', (now) => !now.isUnheard && !now.isOutdated && now.health?.sites.some(({ state }) => state === 'down') === true);
    await probed('siaya', 'up');
  });

  it('is told again once answers are lost no more', async () => {
    await shows('it is well', isWell);
    line.goes('answer-lost');
    await probed('kisumu', 'down');
    const before = line.requests.length;
    await until('several answers are lost', () => line.requests.length > before + 3);
    line.goes('through');
    await shows('the site is down', ({ health }) => health?.sites.some(({ state }) => state === 'down') === true);
    await probed('kisumu', 'up');
    await shows('it is well', isWell);
  });

  it('is past where it cannot be read, while all else is told; and is told as soon as it can', async () => {
    await shows('it is well', isWell);
    const reading = jest.spyOn(clinic.hub.repositories.overview, 'forBoard').mockRejectedValue(new Error('no such table'));
    await shows('what it told is past, and it is heard of', ({ isUnheard, isOutdated }) => isOutdated && !isUnheard);
    expect(clinic.lines.filter((one) => one.includes('health-not-read'))).toHaveLength(1);
    expect(clinic.lines.some((one) => one.includes('work-not-told') && one.includes('no such table'))).toBe(false);
    reading.mockRestore();
    await shows('it is well', isWell);
  });

  it('is not known of a clinic of before, nor where it cannot be read, though what is held there is', async () => {
    await report({});
    const older = await shown(OTHER);
    expect(older).toMatchObject({ isUnheard: false, isOutdated: true, health: null });
    await report({ health: { links: 'in words' } });
    expect(await shown(OTHER)).toMatchObject({ isUnheard: false, health: null });
    await report({ health: { ...aToldHealth(), weather: 'fine' } });
    expect(await shown(OTHER)).toMatchObject({ isOutdated: false, health: aToldHealth() });
    expect((await hub.hub.repositories.receivedWork.of([OTHER]))[0]?.held?.groups).toHaveLength(1);
  });
});

describe('how a clinic does whose hub is of before', () => {
  it('is told, and the rest of the report counts there', async () => {
    const older = WorkReport.omit({ health: true });
    const taken: object[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.url !== '/standing/hub') return void response.writeHead(404).end();
      const raw: RawRequest = { headers: request.headers, body: Buffer.concat(chunks) };
      await answerSealed({ request: raw, response, secret: SECRET }, older, async (report) => {
        taken.push(report);
        return { wantsHeld: false, acts: [], known: [] };
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const pipeline = await pipelineOn(STAGE_SERVICES, {
      configuration: { ...twoChildren(), instance: { id: 'hub', readOnly: false, reportsTo: { url, secret: REFERENCE, conflicts: false } } },
      reports: { to: SECRET, from: new Map() },
      times: TIMES,
    });
    await until('several reports were taken', () => taken.length > 3);
    expect(taken[0]).toMatchObject({ number: 1, away: [], became: [] });
    expect(pipeline.lines.filter((one) => one.includes('not-told') || one.includes('not-read'))).toEqual([]);
    await pipeline.stop();
    server.closeAllConnections();
    server.close();
  });
});
