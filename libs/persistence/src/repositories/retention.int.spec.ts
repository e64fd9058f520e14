import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { skip } from '@sync-hub/messaging';
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
        patient: null,
        snapshot: pointedAt,
        sourceHash: 'h',
        readAtRevision: 0,
        sourceGeneration: 1,
        targetGeneration: 1,
        changedAt: new Date(),
        sights: [],
        trace: '0af7651916cd43dd8448eb211c80319c',
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

describe('a message', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench();
  }, 60_000);
  afterAll(() => bench.close());

  it('stays, however old, until every stage that hears it has settled it, and then goes with all that is known of it', async () => {
    const { said } = await bench.database.transaction((tx) => bench.changes.open(tx, [{ site: 'kisumu', record: aRecord() }]));
    const rows = async (): Promise<number[]> => [
      (await bench.database.query('select 1 from outbox')).length,
      (await bench.database.query('select 1 from inbox')).length,
    ];
    const settle = (stage: 'fetch' | 'record') =>
      bench.store.settle(
        stage,
        said.map((envelope) => ({ envelope, verdict: skip('nothing') })),
        [],
      );
    await bench.database.query(`update outbox set said_at = now() - interval '1 year', sent_at = now() - interval '1 year'`);
    expect([await bench.store.prune(100), await rows()]).toEqual([0, [1, 0]]);
    await settle('record');
    expect([await bench.store.prune(100), await rows()]).toEqual([0, [1, 1]]);
    await settle('fetch');
    await bench.database.query(`update outbox set said_at = now() - interval '12 seconds'`);
    expect([await bench.store.prune(100), await rows()]).toEqual([0, [1, 2]]);
    await bench.database.query(`update outbox set said_at = now() - interval '16 seconds'`);
    expect([await bench.store.prune(100), await rows()]).toEqual([1, [0, 0]]);
  });

  it('that was settled just now stays for a while: a copy of it may be on its way', async () => {
    const { said } = await bench.database.transaction((tx) => bench.changes.open(tx, [{ site: 'kisumu', record: aRecord() }]));
    for (const stage of ['fetch', 'record'] as const)
      await bench.store.settle(
        stage,
        said.map((envelope) => ({ envelope, verdict: skip('nothing') })),
        [],
      );
    expect(await bench.store.prune(100)).toBe(0);
  });
});
