import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

const BOTH = { pull: true, push: true };
const withCare = () => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, classes: { ...link.classes, visit: BOTH, relationship: BOTH } })) };
};

/** Two patients at central are merged there: one of them stays, the visit of the other is hers from then on, and a relationship was copied and voided. */
describe('a patient who was merged into another at one end', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let loser: RecordRef;
  let survivor: RecordRef;
  let visit: RecordRef;
  let kin: RecordRef;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withCare() });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const a = (aggregate: RecordRef['aggregate']): RecordRef => ({ aggregate, uuid: randomUUID() });
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const merge = (site: MemorySite): void => {
    site.edit(visit, { patient: survivor.uuid });
    site.edit(kin, {}, 'voided');
    site.edit(loser, {}, 'voided');
    const voided = site.records.get(recordKey(loser))!;
    site.records.set(recordKey(loser), { ...voided, mergedAway: true });
  };
  const held = (record: RecordRef) =>
    pipeline.query(`select state, reason, details ->> 'holder' as holder from job where uuid = $1 and link = 'kisumu' and state <> 'ended'`, [record.uuid]);
  const open = () =>
    pipeline.query(`select uuid from conflict where closed_at is null and link = 'kisumu' and reason = 'merged-away' and uuid = any($1) order by uuid`, [
      [loser, survivor, visit, kin].map(({ uuid }) => uuid),
    ]);
  const at = (site: MemorySite, record: RecordRef) => site.records.get(recordKey(record));
  const sorted = (...records: RecordRef[]) => records.map(({ uuid }) => ({ uuid })).sort((x, y) => (x.uuid < y.uuid ? -1 : 1));

  beforeEach(async () => {
    [loser, survivor, visit, kin] = [a('person'), a('person'), a('visit'), a('relationship')];
    for (const person of [loser, survivor]) central.edit(person, { isPatient: true, gender: 'F' });
    central.edit(visit, { patient: loser.uuid, visitType: 'facility' });
    central.edit(kin, { personA: loser.uuid, personB: survivor.uuid, relationshipType: 'sister' });
    await look('central', loser, survivor);
    await look('central', visit, kin);
    expect([visit, kin].map((record) => at(kisumu, record)?.presence)).toEqual(['present', 'present']);
    merge(central);
  });

  it('stays at the other end with all that hangs on her, for one reason, whatever comes first, and nothing is written there', async () => {
    const writes = kisumu.writes.length;
    await look('central', visit);
    await look('central', loser);
    await look('central', kin);
    expect([await held(loser), await held(visit), await held(kin)]).toEqual([
      [{ state: 'conflict', reason: 'merged-away', holder: null }],
      [{ state: 'conflict', reason: 'merged-away', holder: recordKey(loser) }],
      [{ state: 'conflict', reason: 'merged-away', holder: recordKey(loser) }],
    ]);
    expect(await open()).toEqual(sorted(loser, visit, kin));
    expect(kisumu.writes).toHaveLength(writes);
  });

  it.each([
    ['after', 'central', 'kisumu'],
    ['before', 'kisumu', 'central'],
  ])('loses no edit that is made of her there and seen %s the merge', async (_order, first, second) => {
    kisumu.edit(loser, { gender: 'M' });
    await look(first, loser);
    await look(second, loser);
    expect(at(kisumu, loser)).toMatchObject({ presence: 'present', fields: { gender: 'M' } });
    expect(await open()).toEqual(sorted(loser));
  });

  it('is no question any more, nor what hangs on her, once the two are merged there too, though only she is told of', async () => {
    await look('central', visit, loser, kin);
    merge(kisumu);
    await look('kisumu', loser);
    expect([await held(loser), await held(visit), await held(kin), await open()]).toEqual([[], [], [], []]);
  });

  it('lets what hangs on her go on, though no word of it has come: it is asked for again', async () => {
    await look('central', visit, loser, kin);
    merge(kisumu);
    const { waiters, changes } = pipeline.hub.repositories;
    const wake = () =>
      pipeline.hub.parts.database.transaction(async (tx) => {
        const looks = await waiters.overdue(tx, 60, 50);
        await changes.open(tx, looks);
        return [...new Set(looks.map(({ record }) => record.uuid))].sort();
      });
    expect((await wake()).result).toEqual([]);
    await pipeline.query(`update job set held_at = now() - interval '31 minutes' where uuid = any($1) and state = 'conflict'`, [
      [loser, visit, kin].map(({ uuid }) => uuid),
    ]);
    const { result, said } = await wake();
    expect(result).toEqual([visit.uuid, kin.uuid].sort());
    await pipeline.hub.outgoing.send(said);
    await pipeline.atRest();
    expect([await held(visit), await held(kin)]).toEqual([[], []]);
  });

  it('lets what hangs on her go on once she is brought back at her own end', async () => {
    await look('central', visit, loser, kin);
    central.edit(loser, { gender: 'F' }, 'present');
    central.records.set(recordKey(loser), { ...at(central, loser)!, mergedAway: undefined as never });
    await look('central', loser);
    expect([await held(loser), await held(kin)]).toEqual([[], []]);
    expect(at(kisumu, kin)?.presence).toBe('voided');
  });

  it('leaves alone what was voided for any other reason', async () => {
    const other = a('visit');
    central.edit(other, { patient: survivor.uuid, visitType: 'facility' });
    await look('central', other);
    central.edit(other, {}, 'voided');
    await look('central', other);
    expect(at(kisumu, other)?.presence).toBe('voided');
  });
});
