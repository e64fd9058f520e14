import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ManualRun, type ManualRunScope, NotAllowedError, type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { HubManualRunDesk } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

let pipeline: Pipeline;
let desk: HubManualRunDesk;
const both = { pull: true, push: true };
const configuration = (() => {
  const base = twoChildren();
  const links = base.links.map((link) => ({ ...link, classes: { ...link.classes, visit: both, visittype: both } }));
  return { ...base, links };
})();
beforeAll(async () => {
  pipeline = await pipelineOn(STAGE_SERVICES, { configuration });
  desk = pipeline.hub.manualRunDesk();
}, 60_000);
afterAll(() => pipeline.stop());

const at = (site: string) => pipeline.sites.site(site);
const record = (aggregate: RecordRef['aggregate']): RecordRef => ({ aggregate, uuid: randomUUID() });

async function begin(scope: ManualRunScope, direction: 'pull' | 'push' = 'pull'): Promise<string> {
  const done = await desk.begin({ link: 'kisumu', direction, scope }, 'jane');
  if ('refused' in done) throw new Error(`${done.refused}: ${done.said}`);
  return done.begun;
}

async function over(id: string): Promise<ManualRun> {
  await until('the run is over', async () => (await desk.find(id))?.endedAt !== null, 40_000);
  await pipeline.atRest();
  return (await desk.find(id))!;
}

const run = async (scope: ManualRunScope, direction: 'pull' | 'push' = 'pull'): Promise<ManualRun> => over(await begin(scope, direction));
const becameOf = ({ categories }: ManualRun) =>
  Object.fromEntries(categories.map(({ category, became }) => [category, Object.fromEntries(became.map(({ as, records }) => [as, records]))]));
const jobsOf = async ({ uuid }: RecordRef) =>
  (await pipeline.query<{ link: string }>(`select distinct link from job where uuid = $1 order by link`, [uuid])).map(({ link }) => link);

describe('what is looked through by hand', () => {
  it('is what a site changed without a word of its feed, too, and on that link alone', async () => {
    const [told, silent] = [record('location'), record('location')];
    for (const one of [told, silent]) at('central').edit(one, { name: 'A ward' });
    await pipeline.look('central', told, silent);
    await pipeline.atRest();
    at('kisumu').edit(silent, { name: 'Another ward' });
    const jobsBefore = (await pipeline.query(`select 1 from job where link = 'siaya'`)).length;

    const { state, categories } = await run({ what: 'records', category: 'location', uuids: [told.uuid, silent.uuid] });

    expect(state).toBe('ended');
    expect(categories).toMatchObject([{ category: 'location', listed: 2, ended: 2, underWay: 0 }]);
    expect(at('central').fieldsOf(silent)['name']).toBe('Another ward');
    expect(at('kisumu').fieldsOf(told)['name']).toBe('A ward');
    // Nothing of what is as agreed with the other clinic was asked for there.
    expect((await pipeline.query(`select 1 from job where link = 'siaya'`)).length).toBe(jobsBefore);
  });

  it('is all that is known at the source, by category, and the audit says who had it done', async () => {
    const [ward, patient, never] = [record('location'), record('person'), record('location')];
    at('central').edit(ward, { name: 'Known' });
    at('central').edit(patient, { isPatient: true, gender: 'F' });
    at('central').edit(never, { name: 'Never told of' });
    await pipeline.look('central', ward, patient);
    await pipeline.atRest();
    at('central').edit(ward, { name: 'Renamed without a word' });

    const done = await run({ what: 'everything' });

    expect(at('kisumu').fieldsOf(ward)['name']).toBe('Renamed without a word');
    expect(at('kisumu').records.has(recordKey(never))).toBe(false);
    expect(becameOf(done)).toMatchObject({ location: { pushed: 1 }, patient: { 'in-step': 1 } });
    const acts = await pipeline.query<{ details: { act: string; by: string | null; records: number } }>(
      `select details from audit where type = 'manual-run.moved.v1' and correlation_id = $1 order by said_at`,
      [done.id],
    );
    const all = done.categories.reduce((sum, { listed }) => sum + listed, 0);
    expect(acts.map(({ details: { act, by, records } }) => ({ act, by, records }))).toEqual([
      { act: 'begun', by: 'jane', records: 0 },
      { act: 'ended', by: null, records: all },
    ]);
  });

  it('is the metadata that the source lists, though nobody has told of it; what it would not list is said', async () => {
    const type = record('visittype');
    at('central').edit(type, { name: 'Home visit' });
    const first = await run({ what: 'category', category: 'visittype' });
    expect(becameOf(first)).toEqual({ visittype: { pushed: 1 } });
    expect(at('kisumu').fieldsOf(type)['name']).toBe('Home visit');

    jest.spyOn(at('central'), 'metadataOf').mockRejectedValueOnce(new NotAllowedError('no', { site: 'central', privilege: 'Get Visit Types' }));
    const second = await run({ what: 'category', category: 'visittype' });
    expect(second.notListed).toEqual([{ category: 'visittype', code: 'not-allowed' }]);
    expect(becameOf(second)).toEqual({ visittype: { 'in-step': 1 } });
  });

  it('is one patient with all that hangs on her, those that wait for others among it', async () => {
    const [patient, visit, elsewhere] = [record('person'), record('visit'), record('visit')];
    const onHer = [{ path: 'patient', resource: 'patient', uuid: patient.uuid, aggregate: 'person' as const }];
    at('central').edit(patient, { isPatient: true, gender: 'F' });
    for (const one of [visit, elsewhere]) at('central').edit(one, { patient: patient.uuid }, 'present', onHer);
    jest.spyOn(at('central'), 'historyOf').mockImplementation(async (who) => (who === patient.uuid ? [visit] : []));
    let go: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => {
      go = resolve;
    });
    at('central').once('beforeRead', () => isHeld);
    const id = await begin({ what: 'patient', patient: patient.uuid });
    await until('her visit is listed', async () => (await desk.find(id))?.categories.some(({ category }) => category === 'visit'), 20_000);
    // She is being looked at; whether she is the clinic's, and her visit with her, is known once she was.
    await until(
      'she is looked at',
      async () => (await desk.find(id))?.categories.some(({ category, underWay }) => category === 'patient' && underWay === 1),
      20_000,
    );
    const looks = async () => (await pipeline.query(`select 1 from change where site = 'central' and uuid = $1`, [visit.uuid])).length;
    expect(await looks()).toBe(0);
    go();
    const done = await over(id);
    expect(becameOf(done)['patient']).toEqual({ pushed: 1 });
    // The lister of histories brings her visit, too, and may be there first.
    expect(['pushed', 'in-step']).toContain(done.categories.find(({ category }) => category === 'visit')?.became[0]?.as);
    expect([patient, visit, elsewhere].map((one) => at('kisumu').records.has(recordKey(one)))).toEqual([true, true, false]);

    jest.spyOn(at('central'), 'historyOf').mockRejectedValueOnce(new NotAllowedError('no', { site: 'central', privilege: 'Get Visits' }));
    const again = await run({ what: 'patient', patient: patient.uuid });
    expect(again.notListed).toEqual([{ category: 'patient', patient: patient.uuid, code: 'not-allowed' }]);
    expect(becameOf(again)).toEqual({ patient: { 'in-step': 1 }, visit: { 'in-step': 1 } });
  });

  it('wakes what is held on the link, and says what is held after it', async () => {
    const ward = record('location');
    at('central').edit(ward, { name: 'A ward', parentLocation: 'b1' }, 'present', [
      { path: 'parentLocation', resource: 'location', uuid: 'b1', aggregate: 'location' },
    ]);
    for (const site of ['kisumu', 'siaya']) at(site).lacks.add('location/b1');
    await pipeline.look('central', ward);
    await pipeline.atRest();
    expect(becameOf(await run({ what: 'records', category: 'location', uuids: [ward.uuid] }))).toEqual({ location: { waiting: 1 } });
    at('kisumu').lacks.clear();
    at('kisumu').edit({ aggregate: 'location', uuid: 'b1' }, { name: 'The hospital' });
    expect(becameOf(await run({ what: 'records', category: 'location', uuids: [ward.uuid] }))).toEqual({ location: { pushed: 1 } });
    at('siaya').lacks.clear();
  });
});

describe('a run', () => {
  it('is one at a time on a route, and can be called off', async () => {
    const ward = record('location');
    at('central').edit(ward, { name: 'A ward' });
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    at('central').once('beforeRead', () => held);
    const first = await begin({ what: 'records', category: 'location', uuids: [ward.uuid] });
    await until('it is looked at', async () => (await desk.find(first))?.categories[0]?.underWay === 1);
    expect(await desk.begin({ link: 'kisumu', direction: 'pull', scope: { what: 'everything' } }, 'joe')).toMatchObject({
      refused: 'already-running',
      running: first,
    });
    expect(await desk.cancel(first, 'joe')).toBe(true);
    expect(await desk.cancel(first, 'joe')).toBe(false);
    go();
    await pipeline.atRest();
    expect(await desk.find(first)).toMatchObject({ state: 'cancelled', categories: [{ category: 'location', listed: 1, underWay: 1 }] });
    // What was under way has come to its end all the same.
    expect(at('kisumu').records.has(recordKey(ward))).toBe(true);
    expect(await jobsOf(ward)).toContain('kisumu');
    expect((await run({ what: 'records', category: 'location', uuids: [ward.uuid] })).state).toBe('ended');
    expect((await desk.list(2)).map(({ state }) => state)).toEqual(['ended', 'cancelled']);
  });

  it('waits for a site that is down, and goes on when it is back', async () => {
    const ward = record('location');
    at('central').edit(ward, { name: 'A ward' });
    const { sites } = pipeline.hub.repositories;
    await pipeline.hub.parts.database.transaction((tx) => sites.probed(tx, 'central', { state: 'down', reason: 'refused', nextProbeSeconds: 3600 }));
    const id = await begin({ what: 'records', category: 'location', uuids: [ward.uuid] });
    await until('nothing is listed while it is down', async () => (await desk.find(id))?.state === 'listing');
    await pipeline.hub.parts.database.transaction((tx) => sites.probed(tx, 'central', { state: 'up', reason: null, nextProbeSeconds: 3600 }));
    expect(becameOf(await over(id))).toEqual({ location: { pushed: 1 } });
  });

  it('is refused where the link does not let it be, with the reason', async () => {
    const said = async (wish: Parameters<HubManualRunDesk['begin']>[0]) => desk.begin(wish, 'jane');
    expect(await said({ link: 'mombasa', direction: 'pull', scope: { what: 'everything' } })).toMatchObject({
      refused: 'no-such-link',
      said: expect.stringContaining('kisumu, siaya'),
    });
    expect(await said({ link: 'kisumu', direction: 'pull', scope: { what: 'category', category: 'allergy' } })).toMatchObject({ refused: 'class-off' });
    expect(await said({ link: 'kisumu', direction: 'pull', scope: { what: 'category', category: 'patients' } })).toMatchObject({
      refused: 'no-such-category',
      said: expect.stringContaining('is patient meant?'),
    });
    const off = new HubManualRunDesk({
      database: pipeline.hub.parts.database,
      runs: pipeline.hub.repositories.manualRuns,
      overview: pipeline.hub.repositories.manualRunOverview,
      configuration: () => ({ ...configuration, links: configuration.links.map((link) => ({ ...link, manualRuns: { pull: false, push: true } })) }),
      send: (messages) => pipeline.hub.outgoing.send(messages),
    });
    expect(await off.begin({ link: 'kisumu', direction: 'pull', scope: { what: 'everything' } }, 'jane')).toMatchObject({ refused: 'switched-off' });
    expect((await desk.list(1))[0]?.state).toBe('ended');
  });
});
