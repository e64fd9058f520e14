import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConflictFilter } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import type { Vault } from '../vault.js';
import { ConflictOverviewRepository } from './conflict-overview.repository.js';

const MANY = 10_000;
const OPENS_NOTHING = {
  open: () => {
    throw new Error('a seal was opened');
  },
} as unknown as Vault;

describe('ten thousand conflicts', () => {
  let bench: PipelineBench;
  let overview: ConflictOverviewRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    overview = new ConflictOverviewRepository(bench.database, OPENS_NOTHING);
    await bench.database.query(
      `with snap as (insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed) values (gen_random_uuid(), 'kisumu', 'person', 'x', 1, 1, 'x', 'sealed') returning id),
       jobs as (
         insert into job (id, link, direction, source, target, aggregate, uuid, category, state, source_snapshot, source_hash, read_at_revision, source_generation, target_generation, held_at)
         select gen_random_uuid(), case when n % 4 = 0 then 'siaya' else 'kisumu' end, 'push', case when n % 4 = 0 then 'siaya' else 'kisumu' end, 'central', 'person', 'p' || n,
                case when n % 2 = 0 then 'patient' else 'person' end, 'conflict', snap.id, 'x', 0, 1, 1, now() from generate_series(1, ${MANY}) as n, snap
         returning id, link, uuid, source_snapshot)
       insert into conflict (id, link, aggregate, uuid, job_id, reason, fields, parent_snapshot, child_snapshot, agreement_revision, opened_at, owner, closed_at, closed_as)
       select gen_random_uuid(), link, 'person', uuid, id, 'both-edited', array['gender', 'names'], source_snapshot, source_snapshot, 1,
              now() - make_interval(mins => substr(uuid, 2)::int), case when uuid like '%7' then 'grace' end,
              case when uuid like '%00' then now() end, case when uuid like '%00' then 'dismissed' end from jobs`,
    );
    await bench.database.query('analyze conflict, job, waiter');
  }, 120_000);
  afterAll(() => bench.close());

  const list = (filter: Record<string, unknown>) => overview.list(ConflictFilter.parse(filter));

  it('are listed a page at a time, each once, the oldest first, and counted, without opening a seal', async () => {
    const started = Date.now();
    const { counts, conflicts } = await list({ limit: 200 });
    process.stdout.write(`A page of ${conflicts.length} of ${counts.all} conflicts, with its counts: ${Date.now() - started} ms\n`);
    expect(counts.all).toBe(9900);
    expect(counts.by).toMatchObject({
      link: [
        { name: 'kisumu', count: 7500 },
        { name: 'siaya', count: 2400 },
      ],
      field: [
        { name: 'gender', count: 9900 },
        { name: 'names', count: 9900 },
      ],
      state: [
        { name: 'open', count: 8900 },
        { name: 'assigned', count: 1000 },
      ],
      owner: [
        { name: '', count: 8900 },
        { name: 'grace', count: 1000 },
      ],
    });
    const pages = await Promise.all(Array.from({ length: 50 }, (_, page) => list({ limit: 200, offset: page * 200 })));
    const all = pages.flatMap((page) => page.conflicts);
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([9900, 9900]);
    const opened = all.map(({ openedAt }) => openedAt);
    expect(opened).toEqual([...opened].sort());
  });

  it('are found by what they are, closed ones where they are asked for', async () => {
    expect((await list({ link: 'siaya', owner: 'grace' })).counts.all).toBe(0);
    expect((await list({ category: 'person', owner: 'grace' })).counts.all).toBe(1000);
    expect((await list({ states: ['dismissed'] })).counts.all).toBe(100);
    expect((await list({ states: ['open', 'dismissed'] })).counts.all).toBe(9000);
    expect((await list({ openedBefore: new Date(Date.now() - 9990 * 60_000).toISOString() })).counts.all).toBeGreaterThan(0);
  });
});
