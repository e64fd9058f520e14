import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRecord, aRoute, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';

describe('a snapshot', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench();
  }, 60_000);
  afterAll(() => bench.close());

  const kept = async (): Promise<string[]> => (await bench.database.query<{ id: string }>('select id from snapshot order by id')).map(({ id }) => id);

  it('goes when nothing points at it, and stays while a job does, however old', async () => {
    const record = aRecord();
    const { result: ids } = await bench.database.transaction(async (tx) => {
      const lonely = await bench.snapshots.keep(tx, 'central', 1, bench.location({ name: 'a' }, record));
      const pointedAt = await bench.snapshots.keep(tx, 'central', 1, bench.location({ name: 'b' }, record));
      const route = aRoute();
      await bench.jobs.arm(tx, {
        route,
        record,
        category: 'location',
        snapshot: pointedAt,
        sourceHash: 'h',
        readAtRevision: 0,
        sourceGeneration: 1,
        targetGeneration: 1,
        changedAt: new Date(),
      });
      return { lonely, pointedAt };
    });
    await bench.database.transaction((tx) => bench.snapshots.prune(tx, 3600, 10));
    expect(await kept()).toEqual([ids.lonely, ids.pointedAt].sort());
    await bench.database.transaction((tx) => bench.snapshots.prune(tx, -1, 10));
    expect(await kept()).toEqual([ids.pointedAt]);
    await expect(bench.database.transaction((tx) => tx.query('delete from snapshot'))).rejects.toMatchObject({
      code: 'bug',
      details: { sqlstate: '23503', table: 'job' },
    });
  });

  it('opens only with its key and in its own row', async () => {
    const sealed = bench.vault.seal({ name: 'Jane' }, 'snapshot:one');
    expect(sealed.toString('latin1')).not.toContain('Jane');
    expect(bench.vault.open(sealed, 'snapshot:one')).toEqual({ name: 'Jane' });
    expect(() => bench.vault.open(sealed, 'snapshot:two')).toThrow('cannot be opened');
    const altered = Buffer.from(sealed);
    altered[altered.length - 20] = (altered[altered.length - 20] ?? 0) ^ 1;
    expect(() => bench.vault.open(altered, 'snapshot:one')).toThrow('cannot be opened');
  });
});
