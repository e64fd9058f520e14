import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { endJob } from '@sync-hub/messaging';
import { aRecord, aRoute, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';

describe('the rows of the pipeline', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench();
  }, 60_000);
  afterAll(() => bench.close());

  const open = async (record: RecordRef, site = 'kisumu') => (await bench.database.transaction((tx) => bench.changes.open(tx, [{ site, record }]))).said;
  const idOf = async (record: RecordRef): Promise<string> => {
    const [row] = await bench.database.query<{ id: string }>(`select id from change where uuid = $1 and state <> 'ended'`, [record.uuid]);
    if (row === undefined) throw new Error('no open change');
    return row.id;
  };
  const end = (id: string, round: number) =>
    bench.database.transaction((tx) => bench.changes.end(tx, id, round, { as: 'as-agreed', opened: 0, notAdmitted: [] }));

  describe('a change', () => {
    it('is opened once however many ask, says so once, and counts the others', async () => {
      const record = aRecord();
      const said = (await Promise.all(Array.from({ length: 8 }, () => open(record)))).flat();
      expect(said.map(({ type }) => type)).toEqual(['record.changed.v1']);
      const [row] = await bench.database.query<{ look_again: number; round: number }>(`select look_again, round from change where uuid = $1`, [record.uuid]);
      expect(row).toEqual({ look_again: 7, round: 1 });
    });

    it('ends when nobody asked to look again since its look', async () => {
      const record = aRecord();
      await open(record);
      const id = await idOf(record);
      await bench.changes.begin(id, 1);
      expect((await end(id, 1)).said.map(({ type }) => type)).toEqual(['change.ended.v1']);
      expect(await bench.changes.begin(id, 1)).toBeNull();
    });

    it('begins another round when somebody asked to look again since its look', async () => {
      const record = aRecord();
      await open(record);
      const id = await idOf(record);
      await bench.changes.begin(id, 1);
      await open(record);
      const { said } = await end(id, 1);
      expect(said.map(({ type, payload }) => [type, payload['round']])).toEqual([['record.changed.v1', 2]]);
    });

    it('that is parked is woken by the next look, and says so', async () => {
      const record = aRecord();
      await open(record);
      const id = await idOf(record);
      await bench.database.transaction((tx) => bench.changes.park(tx, id, 1, { reason: 'gave-up', code: 'server-error', details: {} }));
      expect((await open(record)).map(({ type, payload }) => [type, payload['round']])).toEqual([['record.changed.v1', 2]]);
    });
  });

  describe('a claim', () => {
    it('that runs out again and again under one message parks it, for its handler had started and its process died each time', async () => {
      const record = aRecord();
      const take = (process: number) => bench.store.claim(`record.changed.v1:c:1#${process}`, 'kisumu', record, -1);
      for (const process of [0, 1, 2, 3, 4]) expect(await take(process)).toBe(true);
      await expect(take(5)).rejects.toMatchObject({ retry: 'never', details: { crashes: 5 } });
      expect(await bench.store.claim('record.mapped.v1:j:1#6', 'kisumu', record, -1)).toBe(true);
    });
  });

  describe('a job', () => {
    const arm = (record: RecordRef, sourceHash = 'h') =>
      bench.database.transaction(async (tx) => {
        const snapshot = await bench.snapshots.keep(tx, 'central', 1, bench.location({ name: sourceHash }, record));
        await bench.jobs.arm(tx, {
          route: aRoute(),
          record,
          category: 'location',
          patient: null,
          snapshot,
          sourceHash,
          readAtRevision: 0,
          sourceGeneration: 1,
          targetGeneration: 1,
          changedAt: new Date(),
          sights: [],
          trace: '0af7651916cd43dd8448eb211c80319c',
        });
      });
    const armed = async (record: RecordRef) => {
      const { said } = await arm(record);
      return { id: said[0]?.correlationId ?? '', round: Number(said[0]?.payload['round']) };
    };
    const hold = (id: string, round: number, saw: string | null = null) =>
      bench.database.transaction((tx) => bench.jobs.hold(tx, id, round, { held: 'conflict', reason: 'both-edited', code: 'both-edited', details: {}, saw }));

    it('is one per route and record: a newcomer arms the open one, and the older round ends nothing', async () => {
      const record = aRecord();
      const first = await armed(record);
      await bench.jobs.begin(first.id, first.round);
      const second = await armed(record);
      expect(second).toEqual({ id: first.id, round: 2 });
      const { result } = await bench.database.transaction((tx) => bench.jobs.end(tx, first.id, first.round, { outcome: 'in-step', fields: [], lost: [] }));
      expect(result).toBeNull();
      expect((await bench.jobs.find(first.id))?.state).toBe('ready');
    });

    it('says nothing more while its message lies unread, which will find what it was armed with last', async () => {
      const record = aRecord();
      const { id, round } = await armed(record);
      for (const name of ['second', 'third']) expect((await arm(record, name)).said).toEqual([]);
      expect(await bench.jobs.begin(id, round)).toMatchObject({ sourceHash: 'third' });
      expect((await arm(record, 'fourth')).said.map(({ payload }) => payload['round'])).toEqual([round + 1]);
    });

    it('ends in exactly one outcome, and says whether it was marked meanwhile', async () => {
      const { id, round } = await armed(aRecord());
      await bench.jobs.begin(id, round);
      await bench.database.transaction((tx) => bench.jobs.mark(tx, id, 'seen at the target'));
      const endIt = () => bench.database.transaction((tx) => bench.jobs.end(tx, id, round, { outcome: 'pushed', fields: ['name'], lost: [] }));
      expect((await endIt()).result?.marked).toBe(true);
      expect((await endIt()).result).toBeNull();
    });

    it('is not held over a mark that saw something else at its target, and is over one that saw the same', async () => {
      const { id, round } = await armed(aRecord());
      await bench.jobs.begin(id, round);
      await bench.database.transaction((tx) => bench.jobs.mark(tx, id, 'one thing'));
      expect((await hold(id, round, 'another thing')).result).toBeNull();
      expect((await hold(id, round, 'one thing')).result?.state).toBe('conflict');
    });

    const agreeMeanwhile = async (record: RecordRef): Promise<void> => {
      const version = bench.location({ name: 'a' }, record);
      const side = { presence: version.presence, fields: version.fields, covers: version.covers };
      await bench.database.transaction(async (tx) => {
        const before = await bench.agreements.findForSave(tx, 'kisumu', record);
        await bench.agreements.save(
          tx,
          'kisumu',
          record,
          { revision: 0, parent: side, child: side },
          { before, turns: before.turns, generations: { parent: 1, child: 1 }, held: null },
        );
      });
    };

    it('is not held once the ends have agreed on something since its source was read', async () => {
      const record = aRecord();
      const { id, round } = await armed(record);
      await bench.jobs.begin(id, round);
      await agreeMeanwhile(record);
      expect((await hold(id, round)).result).toBeNull();
    });

    it('finds another revision of its agreement with every save, whatever revision was given', async () => {
      const record = aRecord();
      const revisions: (number | undefined)[] = [];
      for (let save = 0; save < 3; save += 1) {
        await agreeMeanwhile(record);
        revisions.push((await bench.agreements.find('kisumu', record)).agreement?.revision);
      }
      expect(revisions).toEqual([1, 2, 3]);
    });

    it.each(['not ended, and its source looked at again, once the ends have agreed', 'ended where they have not'])(
      'is %s on something since its source was read',
      async (what) => {
        const record = aRecord();
        const { said } = await arm(record, 'first');
        const [mapped] = said;
        const { jobId, round } = mapped!.payload as { jobId: string; round: number };
        await bench.jobs.begin(jobId, round);
        if (what.startsWith('not')) await agreeMeanwhile(record);
        await bench.store.settle('push', [{ envelope: mapped!, verdict: endJob('in-step') }], []);
        const state = async (table: 'job' | 'change') =>
          (await bench.database.query<{ state: string }>(`select state from ${table} where uuid = $1`, [record.uuid])).map((row) => row.state);
        expect([await state('job'), await state('change')]).toEqual(what.startsWith('not') ? [['looking'], ['open']] : [['ended'], []]);
      },
    );

    it('has two bases and a revision of its own in its agreement, which only its key opens', async () => {
      const record = aRecord();
      const { agreement } = await bench.agreements.find('kisumu', record);
      expect(agreement).toBeNull();
      await bench.database.transaction(async (tx) => {
        const before = await bench.agreements.findForSave(tx, 'kisumu', record);
        const parent = { presence: 'present' as const, fields: { name: 'Zanele' }, covers: ['name'] };
        await bench.agreements.save(
          tx,
          'kisumu',
          record,
          { revision: 0, parent, child: { ...parent, fields: { name: null } } },
          { before, turns: before.turns, generations: { parent: 1, child: 1 }, held: null },
        );
      });
      const stored = await bench.agreements.find('kisumu', record);
      expect(stored.agreement).toMatchObject({ revision: 1, parent: { fields: { name: 'Zanele' } }, child: { fields: { name: null } } });
      const [row] = await bench.database.query<{ sealed: Buffer }>(`select sealed from agreement where uuid = $1`, [record.uuid]);
      expect(row?.sealed.toString('latin1')).not.toContain('Zanele');
    });
  });
});
