import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Uuid } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { CohortRepository } from './cohort.repository.js';

describe('who is in a cohort', () => {
  let bench: PipelineBench;
  let cohorts: CohortRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    cohorts = new CohortRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const [moraa, achieng] = [randomUUID(), randomUUID()];
  const take = (uuid: Uuid, everySeconds = 0, leaseSeconds = 0) => cohorts.take('central', [uuid], everySeconds, leaseSeconds);
  const note = async (uuid: Uuid, members: readonly Uuid[] | null, ...links: readonly string[]) =>
    (await bench.database.transaction((tx) => cohorts.note(tx, { site: 'central', uuid }, members, links))).result;
  const isIn = async (uuid: Uuid, patient: Uuid, site = 'central') => (await cohorts.of(site, patient, [uuid])).get(uuid);
  const toLookAt = async (link: string) =>
    (
      await bench.database.query<{ uuid: string }>(
        `delete from route_to_look_at where link = $1 and direction = 'pull' and aggregate = 'person' returning uuid`,
        [link],
      )
    ).map(({ uuid }) => uuid);

  it('is known once it was read, at that site, and no more where nobody can tell', async () => {
    const cohort = randomUUID();
    await take(cohort);
    expect(await isIn(cohort, moraa)).toBeUndefined();
    expect(await note(cohort, [moraa])).toEqual({ wasKnown: false, isKnown: true });
    expect([await isIn(cohort, moraa), await isIn(cohort, achieng), await isIn(cohort, moraa, 'kisumu')]).toEqual([true, false, undefined]);
    expect(await note(cohort, null)).toEqual({ wasKnown: true, isKnown: false });
    expect(await isIn(cohort, moraa)).toBeUndefined();
    await note(cohort, []);
    expect(await isIn(cohort, moraa)).toBe(false);
    expect(await cohorts.of('central', moraa, [])).toEqual(new Map());
  });

  it('is looked at where somebody came or went, and not where nothing has changed', async () => {
    const cohort = randomUUID();
    await take(cohort);
    await note(cohort, [moraa], 'one', 'other');
    expect([await toLookAt('one'), await toLookAt('other')]).toEqual([[moraa], [moraa]]);
    await note(cohort, [moraa, achieng], 'one');
    expect(await toLookAt('one')).toEqual([achieng]);
    await note(cohort, [moraa, achieng], 'one');
    expect(await toLookAt('one')).toEqual([]);
    await note(cohort, [achieng], 'one');
    expect(await toLookAt('one')).toEqual([moraa]);
    await note(cohort, null, 'one');
    expect(await toLookAt('one')).toEqual([achieng]);
  });

  it('lets everybody be looked at again where it becomes known, or is known no more', async () => {
    const cohort = randomUUID();
    await take(cohort);
    const listed = async () => (await bench.database.query(`select from route_listed where link = 'by-cohort'`)).length;
    const list = () =>
      bench.database.query(
        `insert into route_listed (link, direction, digest) values ('by-cohort', 'pull', 'one'), ('by-cohort', 'push', 'one') on conflict do nothing`,
      );
    const after: number[] = [];
    for (const members of [[moraa], [moraa, achieng], null, null, [moraa]]) {
      await list();
      await note(cohort, members, 'by-cohort');
      after.push(await listed());
    }
    expect(after).toEqual([1, 2, 1, 2, 1]);
  });

  it('is read by one at a time, and again after so long', async () => {
    const cohort = randomUUID();
    expect(await take(cohort, 300, 300)).toEqual([cohort]);
    expect(await take(cohort, 300, 300)).toEqual([]);
    await note(cohort, []);
    expect(await take(cohort, 300, 300)).toEqual([]);
    expect(await take(cohort, 0, 0)).toEqual([cohort]);
    expect(await take(cohort, 0, 300)).toEqual([cohort]);
  });
});
