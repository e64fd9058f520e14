import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import { type ManualRun, type ManualRunScope, type RecordRef, recordKey, TransientError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import type { HubManualRunDesk } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { everyRow, foreseen, happened, noteKnown } from './dry-run-bench.js';
import { STAGE_SERVICES } from './services.js';

const both = { pull: true, push: true };
const addressIn = (countyDistrict: string): string => JSON.stringify({ countyDistrict });
const configuration = (() => {
  const base = twoChildren();
  const catchment = { rule: 'address' as const, field: 'countyDistrict' as const, isOneOf: ['Kisumu'] };
  const links = base.links.map((link) => ({
    ...link,
    classes: { ...link.classes, visit: both },
    catchment,
    persons: 'referred-to' as const,
    policies: { fields: { location: { country: 'parent-wins' as const } } },
  }));
  return parseConfiguration({ ...base, links });
})();

describe('a dry run', () => {
  let pipeline: Pipeline;
  let desk: HubManualRunDesk;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration });
    desk = pipeline.hub.manualRunDesk();
  }, 60_000);
  afterAll(() => pipeline.stop());

  const at = (site: string) => pipeline.sites.site(site);
  const record = (aggregate: RecordRef['aggregate']): RecordRef => ({ aggregate, uuid: randomUUID() });
  const writes = (): number => at('central').writes.length + at('kisumu').writes.length;
  const of = (category: string, ...records: RecordRef[]): ManualRunScope => ({ what: 'records', category, uuids: records.map(({ uuid }) => uuid) });

  async function begin(scope: ManualRunScope, dry = true): Promise<string> {
    const done = await desk.begin({ link: 'kisumu', direction: 'pull', scope, dry }, 'jane');
    if ('refused' in done) throw new Error(`${done.refused}: ${done.said}`);
    return done.begun;
  }

  async function over(id: string): Promise<ManualRun> {
    await until('the run is over', async () => (await desk.find(id))?.endedAt !== null, 30_000);
    return (await desk.find(id))!;
  }

  const run = async (scope: ManualRunScope, dry = true): Promise<ManualRun> => over(await begin(scope, dry));
  const endsOf = ({ categories }: ManualRun) => categories.flatMap(({ became }) => became.map(({ as, reason, records }) => [as, reason, records]));
  /** What is told beforehand is what then happens, and nothing is written until it does. */
  async function asTold(scope: ManualRunScope): Promise<ManualRun> {
    const before = [writes(), await everyRow(pipeline)];
    const dry = await run(scope);
    expect([writes(), await everyRow(pipeline)]).toEqual(before);
    const wet = await run(scope, false);
    await pipeline.atRest();
    expect(foreseen(dry)).toEqual(await happened(pipeline, wet));
    return dry;
  }
  const agreed = async (fields: Record<string, string>): Promise<RecordRef> => {
    const ward = record('location');
    at('central').edit(ward, fields);
    await pipeline.look('central', ward);
    await pipeline.atRest();
    return ward;
  };

  it('opens no look and writes nothing, names the fields that would be written, and is in the audit as what it was', async () => {
    const ward = await agreed({ name: 'A ward', country: 'UG' });
    at('central').edit(ward, { name: 'Renamed', country: 'KE' });
    const looks = () => pipeline.query(`select state, round, ended_as from change order by id`);
    const before = [await looks(), writes(), await everyRow(pipeline)];
    const dry = await run(of('location', ward));
    expect([await looks(), writes(), await everyRow(pipeline)]).toEqual(before);
    expect(endsOf(dry)).toEqual([['would-update', null, 1]]);
    expect(await desk.records(dry.id, { category: 'location', as: 'would-update', along: 'no', limit: 10 })).toEqual([
      { record: ward, category: 'location', as: 'would-update', reason: null, fields: ['country', 'name'], awaits: [], isAlong: false },
    ]);
    expect(dry.told).toMatchObject({ writes: 1, conflicts: 0, source: { requests: 1 }, target: { requests: 1 }, about: { seconds: 1 } });
    expect(dry.told?.bytesToSend).toBe(Buffer.byteLength(JSON.stringify([null, ['name', 'Renamed'], ['country', 'KE']])));
    const acts = await pipeline.query<{ act: string; dry: boolean }>(
      `select details ->> 'act' as act, (details ->> 'dry')::boolean as dry from audit where type = 'manual-run.moved.v1' and correlation_id = $1 order by said_at`,
      [dry.id],
    );
    expect(acts).toEqual(['begun', 'ended'].map((act) => ({ act, dry: true })));
  });

  it('tells apart what waits only for what would come along, and what would be in vain', async () => {
    const [hospital, clinic, ward, lost] = [record('location'), record('location'), record('location'), record('location')];
    const inside = (one: RecordRef, parent: RecordRef): void =>
      at('central').edit(one, { name: one.uuid, parentLocation: parent.uuid }, 'present', [
        { path: 'parentLocation', resource: 'location', uuid: parent.uuid, aggregate: 'location' },
      ]);
    at('central').edit(hospital, { name: 'Hospital' });
    inside(clinic, hospital);
    inside(ward, clinic);
    inside(lost, record('location'));
    const before = [writes(), await everyRow(pipeline)];
    const dry = await run(of('location', ward, lost));
    expect([writes(), await everyRow(pipeline)]).toEqual(before);
    expect(endsOf(dry)).toEqual([
      ['would-follow', null, 1],
      ['would-wait', 'reference', 1],
    ]);
    expect([...(dry.along ?? [])].sort((a, b) => (a.as < b.as ? -1 : 1))).toEqual([
      { as: 'cannot-be-read', records: 1 },
      { as: 'would-create', records: 1 },
      { as: 'would-follow', records: 1 },
    ]);
    expect(dry.told?.writes).toBe(3);
    await run(of('location', ward, lost), false);
    await pipeline.atRest();
    expect([hospital, clinic, ward, lost].map((one) => at('kisumu').records.has(recordKey(one)))).toEqual([true, true, true, false]);
  });

  it('goes by whom the child would hold by then: a patient who is new to it brings what hangs on her, and one from elsewhere does not', async () => {
    const people = ['Kisumu', 'Siaya'].map((district) => {
      const [patient, visit] = [record('person'), record('visit')];
      at('central').edit(patient, {
        isPatient: true,
        gender: 'F',
        [`addresses[${addressIn(district)}]`]: true,
        preferredAddress: addressIn(district),
      });
      at('central').edit(visit, { patient: patient.uuid, indication: 'Fever' }, 'present', [
        { path: 'patient', resource: 'patient', uuid: patient.uuid, aggregate: 'person' },
      ]);
      return { patient, visit };
    });
    await noteKnown(
      pipeline,
      'central',
      people.flatMap(({ patient, visit }) => [['person', patient.uuid] as const, ['visit', visit.uuid] as const]),
    );
    const dry = await asTold({ what: 'everything' });
    const ends = Object.fromEntries(dry.categories.map(({ category, became }) => [category, became.map(({ as, reason, records }) => [as, reason, records])]));
    expect(ends['patient']).toEqual([
      ['not-admitted', 'outside-catchment', 1],
      ['would-create', null, 1],
    ]);
    expect(ends['visit']).toEqual([
      ['not-admitted', 'patient-not-there', 1],
      ['would-follow', null, 1],
    ]);
  });

  it('says of a conflict whether somebody would be asked, a policy would decide, or both ends were left as they are', async () => {
    const [asked, decided, left] = [await agreed({ name: 'A' }), await agreed({ country: 'A' }), await agreed({ name: 'A' })];
    for (const [site, value] of [
      ['central', 'B'],
      ['kisumu', 'C'],
    ] as const) {
      for (const one of [asked, left]) at(site).edit(one, { name: value });
      at(site).edit(decided, { country: value });
    }
    await pipeline.look('central', left);
    await pipeline.atRest();
    const conflicts = pipeline.hub.conflictDesk();
    const [open] = await pipeline.query<{ id: string }>(`select id from conflict where uuid = $1`, [left.uuid]);
    const version = (await conflicts.find(open?.id ?? ''))?.conflict.version ?? 0;
    expect(await conflicts.dismiss(open?.id ?? '', { reason: 'both are right', version }, 'grace')).toBe(true);
    await pipeline.atRest();
    const dry = await run(of('location', asked, decided, left));
    expect(endsOf(dry).sort()).toEqual([
      ['left-as-is', null, 1],
      ['would-ask', 'both-edited', 1],
      ['would-update', null, 1],
    ]);
    expect(
      endsOf(await run(of('location', asked, decided, left), false))
        .map(([as]) => as)
        .sort(),
    ).toEqual(['conflict', 'discarded', 'pushed']);
    await pipeline.atRest();
  });

  it('waits for an end that is away, visibly, and goes on when it is back', async () => {
    const ward = record('location');
    at('central').edit(ward, { name: 'A ward' });
    const { sites } = pipeline.hub.repositories;
    const probed = (state: 'up' | 'down') =>
      pipeline.hub.parts.database.transaction((tx) => sites.probed(tx, 'kisumu', { state, reason: state === 'up' ? null : 'refused', nextProbeSeconds: 3600 }));
    await probed('down');
    const reads = at('central').reads;
    const id = await begin(of('location', ward));
    await until('it is listed', async () => (await desk.find(id))?.categories[0]?.listed === 1);
    expect(await desk.find(id)).toMatchObject({ waitsFor: { site: 'kisumu', why: 'down' }, endedAt: null });
    expect(at('central').reads).toBe(reads);
    await probed('up');
    const done = await over(id);
    expect([endsOf(done), done.waitsFor]).toEqual([[['would-create', null, 1]], null]);
  });

  it('is taken over from a process that says no more, taken by one at a time, and tried again where it failed for a moment', async () => {
    const wards = [record('location'), record('location'), record('location')];
    for (const ward of wards) at('central').edit(ward, { name: ward.uuid });
    const { database } = pipeline.hub.parts;
    const { dryRuns } = pipeline.hub.repositories;
    at('central').once('beforeRead', async () => {
      throw new TransientError('try-later', 'busy for a moment', { site: 'central' });
    });
    let go: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => {
      go = resolve;
    });
    at('kisumu').once('beforeRead', () => isHeld);
    const id = await begin(of('location', ...wards));
    await until(
      'they are taken',
      async () => (await desk.find(id))?.categories[0]?.underWay !== undefined && ((await desk.find(id))?.categories[0]?.underWay ?? 0) > 0,
    );
    const other = await database.transaction((tx) => dryRuns.take(tx, { id }, 10, 60));
    const isTaken = await pipeline.query<{ uuid: string }>(`select uuid from manual_run_record where run = $1 and state = 'looking'`, [id]);
    // What the others have in hand is not taken a second time.
    expect(new Set([...other.result.map(({ record: { uuid } }) => uuid), ...isTaken.map(({ uuid }) => uuid)]).size).toBe(isTaken.length);
    await pipeline.query(`update manual_run_record set taken_until = now() - interval '1 second' where run = $1 and state = 'looking'`, [id]);
    go();
    expect(endsOf(await over(id))).toEqual([['would-create', null, 3]]);
  });

  it('is one at a time with runs that write, and called off leaves the rest', async () => {
    const ward = record('location');
    at('central').edit(ward, { name: 'A ward' });
    let go: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => {
      go = resolve;
    });
    at('central').once('beforeRead', () => isHeld);
    const id = await begin(of('location', ward));
    await until('it is taken', async () => (await desk.find(id))?.categories[0]?.underWay === 1);
    expect(await desk.begin({ link: 'kisumu', direction: 'pull', scope: { what: 'everything' } }, 'joe')).toMatchObject({
      refused: 'already-running',
      running: id,
    });
    expect(await desk.cancel(id, 'joe')).toBe(true);
    go();
    expect((await desk.find(id))?.state).toBe('cancelled');
    expect(endsOf(await run(of('location', ward)))).toEqual([['would-create', null, 1]]);
    expect(at('kisumu').records.has(recordKey(ward))).toBe(false);
  });
});
