import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef, Tie, Uuid } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { TieRepository } from './tie.repository.js';

describe('what ties a patient', () => {
  let bench: PipelineBench;
  let ties: TieRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    ties = new TieRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const aVisit = (): RecordRef => ({ aggregate: 'visit', uuid: randomUUID() });
  const her = (patient: Uuid) => ({ site: 'central', patient, category: 'visit' as const });
  const to = (place: string | null, isEnded = false): Tie => ({ to: place, isEnded });
  const list = (patient: Uuid, told: readonly (readonly [RecordRef, string])[], since?: Date): Promise<void> =>
    listAt(
      patient,
      told.map(([{ uuid }, place]) => ({ uuid, ...to(place) })),
      since,
    );
  const listAt = async (patient: Uuid, told: Parameters<TieRepository['list']>[1], since?: Date) => ties.list(her(patient), told, since ?? (await ties.now()));
  const note = async (visit: RecordRef, patient: Uuid | null, place: string | null = null, isEnded = false) =>
    (await bench.database.transaction((tx) => ties.note(tx, 'central', visit, patient === null ? null : { patient, ...to(place, isEnded) }))).result;
  const known = async (patient: Uuid) => (await ties.of('central', patient, ['visit'])).get('visit');

  it('is known once all of it was listed, which may be nothing, at that site and of that category alone', async () => {
    const [patient, other] = [randomUUID(), randomUUID()];
    await note(aVisit(), patient, 'clinic');
    expect(await known(patient)).toBeUndefined();
    await list(patient, [
      [aVisit(), 'clinic'],
      [aVisit(), 'outpost'],
    ]);
    await list(other, []);
    expect(await known(patient)).toEqual(expect.arrayContaining([to('clinic'), to('outpost')]));
    expect(await known(other)).toEqual([]);
    expect(await ties.of('kisumu', patient, ['visit'])).toEqual(new Map());
    expect(await ties.of('central', patient, ['encounter', 'programenrollment'])).toEqual(new Map());
  });

  it('is what was listed last, and unknown where it is told no more', async () => {
    const [patient, one, two] = [randomUUID(), aVisit(), aVisit()];
    await list(patient, [
      [one, 'clinic'],
      [two, 'outpost'],
    ]);
    await list(patient, [[two, 'elsewhere']]);
    expect(await known(patient)).toEqual([to('elsewhere')]);
    await listAt(patient, null);
    expect(await known(patient)).toBeUndefined();
    await list(patient, []);
    expect(await known(patient)).toEqual([]);
  });

  it('that a look finds otherwise than before matters to whom it ties, and to whom it tied', async () => {
    const [patient, other, visit] = [randomUUID(), randomUUID(), aVisit()];
    expect(await note(visit, patient, 'clinic')).toEqual([patient]);
    expect(await note(visit, patient, 'clinic')).toEqual([]);
    expect(await note(visit, patient, 'outpost')).toEqual([patient]);
    expect(await note(visit, patient, 'outpost', true)).toEqual([patient]);
    expect(await note(visit, other, 'outpost', true)).toEqual([patient, other]);
    expect(await note(visit, null)).toEqual([other]);
    expect(await note(visit, null)).toEqual([]);
  });

  it('says nothing new of a patient who is listed, and whom another record ties in the same way; to take one of them away does', async () => {
    const [patient, one, two] = [randomUUID(), aVisit(), aVisit()];
    await list(patient, [[one, 'clinic']]);
    expect(await note(two, patient, 'clinic')).toEqual([]);
    expect(await note(aVisit(), patient, 'outpost')).toEqual([patient]);
    expect(await note(aVisit(), patient, 'clinic', true)).toEqual([patient]);
    expect(await note(one, null)).toEqual([patient]);
    expect(await note(two, null)).toEqual([patient]);
    await listAt(patient, null);
    await note(aVisit(), patient, 'clinic');
    expect(await note(aVisit(), patient, 'clinic')).toEqual([patient]);
  });

  it('that was looked at while a list was under way is as the look found it', async () => {
    const [patient, voided, moved, fresh] = [randomUUID(), aVisit(), aVisit(), aVisit()];
    const since = await ties.now();
    await note(voided, null);
    await note(moved, patient, 'outpost');
    await note(fresh, patient, 'town');
    await list(
      patient,
      [
        [voided, 'clinic'],
        [moved, 'clinic'],
      ],
      since,
    );
    expect((await known(patient))?.map(({ to: place }) => place).sort()).toEqual(['outpost', 'town']);
    await list(patient, [[moved, 'clinic']]);
    expect(await known(patient)).toEqual([to('clinic')]);
  });

  it('that another patient had is told to both once its record is looked at, and not by a list alone', async () => {
    const [patient, other, visit] = [randomUUID(), randomUUID(), aVisit()];
    await list(patient, [[visit, 'clinic']]);
    await list(other, [[visit, 'clinic']]);
    expect([await known(patient), await known(other)]).toEqual([[to('clinic')], []]);
    expect(await note(visit, other, 'clinic')).toEqual([patient, other]);
    expect([await known(patient), await known(other)]).toEqual([[], [to('clinic')]]);
  });

  it('that a list under way has, and a look at the same moment has not, is looked at again', async () => {
    const [patient, visit] = [randomUUID(), aVisit()];
    const since = await ties.now();
    const { result } = await bench.database.transaction(async (tx) => {
      await list(patient, [[visit, 'clinic']], since);
      return ties.note(tx, 'central', visit, null);
    });
    expect([result, await known(patient)]).toEqual([[patient], []]);
  });
});
