import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HeldPage } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { HeldRepository } from './held.repository.js';

const HELD = 100_000;
const ENDED = 50_000;

describe('a hundred thousand held jobs among others that have ended', () => {
  let bench: PipelineBench;
  let held: HeldRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    held = new HeldRepository(bench.database, bench.vault);
    await bench.database.query(
      `with snap as (insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed) values (gen_random_uuid(), 'kisumu', 'person', 'x', 1, 1, 'x', 'sealed') returning id)
       insert into job (id, link, direction, source, target, aggregate, uuid, category, state, outcome, reason, code, details, source_snapshot, source_hash, read_at_revision, source_generation,
         target_generation, held_at, ended_at)
       select gen_random_uuid(), 'kisumu', 'push', 'kisumu', 'central', 'person', 'p' || n, 'patient',
         case when n > ${HELD} then 'ended' when n % 10 = 0 then 'waiting' else 'parked' end, case when n > ${HELD} then 'pushed' end,
         case when n % 10 = 0 then 'reference' when n % 10 < 7 then 'unmapped' else 'refused' end, case when n % 10 = 0 then 'missing-reference' when n % 10 < 7 then 'missing-metadata' else 'invalid' end,
         case when n % 10 = 0 then jsonb_build_object('missing', array['location/' || n]) when n % 10 < 7 then jsonb_build_object('missing', array['patientidentifiertype/type-' || n % 7]) else '{"status": 400}' end,
         snap.id, 'x', 0, 1, 1, now() - make_interval(secs => n), case when n > ${HELD} then now() end
       from generate_series(1, ${HELD + ENDED}) as n, snap`,
    );
    await bench.database.query('vacuum analyze job, change');
  }, 180_000);
  afterAll(() => bench.close());

  it('are counted by cause in one look, each once', async () => {
    const started = Date.now();
    const groups = await held.groups({});
    process.stdout.write(`${HELD} held jobs by their cause: ${Date.now() - started} ms\n`);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(HELD);
    expect(groups.map(({ why, count }) => [why, count]).slice(0, 2)).toEqual([
      ['refused', 30_000],
      ['waiting', 10_000],
    ]);
    expect(groups.filter(({ why }) => why === 'unmapped').length).toBe(7);
  });

  it('are told a page at a time, the longest held first, of one cause where it is named', async () => {
    const [refused] = await held.groups({ why: 'refused' });
    const [started, page] = [Date.now(), await held.page(HeldPage.parse({ limit: 50 }))];
    const [then, more] = [Date.now(), await held.page(HeldPage.parse({ group: refused?.group, offset: 50, limit: 50 }))];
    process.stdout.write(`A page: ${then - started} ms; of one cause: ${Date.now() - then} ms\n`);
    expect([page[0]?.uuid, page.length, more.every(({ why }) => why === 'refused')]).toEqual([`p${HELD}`, 50, true]);
    expect(new Set([...page, ...more].map(({ id }) => id)).size).toBeGreaterThanOrEqual(85);
  });

  it('are found by an index of what is held: what has ended is not looked at', async () => {
    const plan = await bench.database.query<Record<string, string>>(
      `explain select id from job where state in ('waiting', 'parked') order by held_at limit 50`,
    );
    expect(JSON.stringify(plan)).toContain('job_held');
  });
});
