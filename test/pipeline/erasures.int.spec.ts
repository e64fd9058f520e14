import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ConflictChoice, type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import type { MemorySite } from '@sync-hub/runtime/testing';
import { type ConflictBench, conflictBench, type Place } from './conflict-bench.js';

jest.setTimeout(30_000);

const DELETED: ConflictChoice = { path: 'presence', value: 'voided' };
const ALIVE: ConflictChoice = { path: 'presence', value: 'present' };

/** What is erased at a site is told of by one entry, once: the record itself tells nothing any more. */
describe('a record that was erased at one end', () => {
  let bench: ConflictBench;
  beforeAll(async () => {
    bench = await conflictBench();
  }, 60_000);
  afterAll(() => bench.stop());

  const erase = async (site: MemorySite, { record }: Place): Promise<void> => {
    site.records.delete(recordKey(record));
    const { changes } = bench.pipeline.hub.repositories;
    const { said } = await bench.pipeline.hub.parts.database.transaction((tx) => changes.open(tx, [{ site: site.site, record, deletedEntry: true }]));
    await bench.pipeline.hub.outgoing.send(said);
    await bench.pipeline.atRest();
  };
  const presencesOf = ({ record }: Place) => [bench.central, bench.kisumu].map((site) => site.records.get(recordKey(record))?.presence ?? 'none');
  const parkedChanges = ({ record }: Place) => bench.pipeline.query(`select site, code from change where uuid = $1 and state <> 'ended'`, [record.uuid]);

  it.each<readonly [string, ConflictChoice, readonly string[]]>([
    ['deleted, is voided at the other end', DELETED, ['voided', 'none']],
    ['alive, is made again where it was erased', ALIVE, ['present', 'present']],
  ])('and edited at the other, once it is answered that it is %s', async (_name, choice, presences) => {
    for (const isErasedFirst of [true, false]) {
      const place = await bench.agreed();
      bench.central.edit(place.record, { name: 'Ward C' });
      if (!isErasedFirst) bench.kisumu.records.delete(recordKey(place.record));
      if (!isErasedFirst) await place.look('central');
      await erase(bench.kisumu, place);
      if (isErasedFirst) await place.look('central');
      expect([(await place.standing())[0], presencesOf(place)]).toEqual(['open', ['present', 'none']]);
      await place.answer([choice]);
      expect([presencesOf(place), (await place.standing())[0], await place.openJobs(), await parkedChanges(place)]).toEqual([presences, 'resolved', [], []]);
    }
  });

  it('is not taken for one that was lost, however often it is looked at', async () => {
    const place = await bench.agreed();
    bench.central.edit(place.record, { name: 'Ward C' });
    await erase(bench.kisumu, place);
    await bench.redrive(place.record);
    expect([await parkedChanges(place), (await place.standing())[0]]).toEqual([[], 'open']);
    await place.answer([DELETED]);
    await bench.redrive(place.record);
    expect([await parkedChanges(place), presencesOf(place)]).toEqual([[], ['voided', 'none']]);
  });

  it('is no question any more once both ends hold the answer, though it is looked at once more just then', async () => {
    const place = await bench.agreed();
    bench.central.edit(place.record, { name: 'Ward C' });
    await erase(bench.kisumu, place);
    const { hub } = bench.pipeline;
    const looks = new Map<string, Awaited<ReturnType<typeof lookUnsent>>>();
    const lookUnsent = () =>
      hub.parts.database.transaction((tx) => hub.repositories.changes.open(tx, [{ site: 'kisumu', record: place.record, forced: true }]));
    bench.central.once('afterWrite', async () => void looks.set('kisumu', await lookUnsent()));
    await place.give([DELETED]);
    await until('the answer is at both ends', async () => looks.size === 1 && (await place.openJobs()).length === 0);
    await hub.outgoing.send(looks.get('kisumu')!.said);
    await bench.pipeline.atRest();
    expect([presencesOf(place), (await place.standing())[0], await parkedChanges(place)]).toEqual([['voided', 'none'], 'resolved', []]);
  });

  it('keeps waiting what refers to it there, and says why; it is not made again unasked', async () => {
    const place = await bench.agreed();
    await erase(bench.kisumu, place);
    expect(presencesOf(place)).toEqual(['voided', 'none']);
    bench.central.tellsVoided = true;
    const below: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const path = 'parentLocation';
    bench.central.edit(below, { name: 'Bed 1', [path]: place.record.uuid }, 'present', [
      { path, resource: 'location', uuid: place.record.uuid, aggregate: 'location' },
    ]);
    await bench.pipeline.look('central', below);
    await bench.pipeline.atRest();
    bench.central.tellsVoided = false;
    expect(presencesOf(place)).toEqual(['voided', 'none']);
    expect(
      await bench.pipeline.query(`select state, details ->> 'blockedBy' as why from job where uuid = $1 and link = 'kisumu' and state <> 'ended'`, [
        below.uuid,
      ]),
    ).toEqual([{ state: 'waiting', why: 'voided' }]);
    expect(await place.openJobs()).toEqual([]);
  });
});
