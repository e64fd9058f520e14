import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import type { Agreement, Decision } from '@sync-hub/merge';
import { ConflictAnswerRepository, ConflictOverviewRepository, DecisionRepository, NEVER_AGREED } from '@sync-hub/persistence';
import { aRecord, aRoute, type PipelineBench, pipelineBench } from '@sync-hub/persistence/testing';
import { AnswerKeeper } from './answer-keeper.js';

const DECIDED: Decision = { path: 'name', seenAtParent: 'P', seenAtChild: 'C', value: 'T' };

describe('an answer that is kept', () => {
  let bench: PipelineBench;
  let keeper: AnswerKeeper;
  let answers: ConflictAnswerRepository;
  let decisions: DecisionRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    answers = new ConflictAnswerRepository(bench.vault, bench.jobs);
    decisions = new DecisionRepository(bench.database, bench.vault);
    keeper = new AnswerKeeper(answers, decisions, bench.agreements, bench.changes, bench.sites);
  }, 60_000);
  afterAll(() => bench.close());

  /** A pull that is held by a conflict, with an answer to it. */
  const answered = async (agreement: Agreement | null) => {
    const record = aRecord();
    const revision = agreement === null ? 0 : 1;
    const { result } = await bench.database.transaction(async (tx) => {
      const beside = { before: NEVER_AGREED, turns: NEVER_AGREED.turns, generations: { parent: 3, child: 4 }, held: null };
      if (agreement !== null) await bench.agreements.save(tx, 'kisumu', record, agreement, beside);
      const [parent, child] = [
        await bench.snapshots.keep(tx, 'central', 1, bench.location({ name: 'P' }, record)),
        await bench.snapshots.keep(tx, 'kisumu', 1, bench.location({ name: 'C' }, record)),
      ];
      const armed = { route: aRoute(), record, category: 'location' as const, patient: null, snapshot: parent, sourceHash: 'h', readAtRevision: revision };
      await bench.jobs.arm(tx, {
        ...armed,
        sourceGeneration: 1,
        targetGeneration: 1,
        changedAt: new Date(),
        sights: [],
        trace: '0af7651916cd43dd8448eb211c80319c',
      });
      const [job] = await bench.jobs.openFor(['kisumu'], record, tx);
      if (job === undefined) throw new Error('there is no job');
      await tx.query(`update job set state = 'conflict', target_snapshot = $2 where id = $1`, [job.id, child]);
      await bench.conflicts.open(tx, job, { reason: 'both-edited', fields: ['name'], agreement });
      return { job };
    });
    const [row] = await bench.database.query<{ id: string }>(`select id from conflict where uuid = $1`, [record.uuid]);
    const found = await new ConflictOverviewRepository(bench.database, bench.vault).find(row?.id ?? '');
    if (found === null) throw new Error('there is no conflict');
    const { result: answerId } = await bench.database.transaction((tx) => answers.give(tx, found.row, [DECIDED], { by: 'grace' }));
    return { record, jobId: result.job.id, answerId: answerId ?? '' };
  };
  const apply = (answerId: string) => bench.database.transaction((tx) => keeper.apply(tx, answerId));
  const kept = async (record: RecordRef) => ({ ...(await bench.agreements.find('kisumu', record)), decisions: await decisions.decisionsFor('kisumu', record) });

  const side = { presence: 'present' as const, fields: { name: 'Ward' }, covers: ['name'] };
  it.each([
    ['one that was saved before', { revision: 1, parent: side, child: side }, 2, { parent: 3, child: 4 }],
    ['none', null, 1, { parent: 1, child: 1 }],
  ])(
    'revises the agreement, %s: whoever read either end before it is stale, and both ends are looked at, whatever they hold',
    async (_name, agreement, revision, generations) => {
      const { record, jobId, answerId } = await answered(agreement);
      const isCurrent = async () => (await bench.database.transaction((tx) => bench.jobs.isCurrent(tx, jobId))).result;
      expect(await isCurrent()).toBe(true);
      await apply(answerId);
      expect(await isCurrent()).toBe(false);
      expect(await kept(record)).toMatchObject({ agreement: { revision }, generations, decisions: [DECIDED] });
      const looks = await bench.database.query(`select site, forced from change where uuid = $1 and state = 'open' order by site`, [record.uuid]);
      expect(looks).toEqual(['central', 'kisumu'].map((site) => ({ site, forced: true })));
    },
  );

  it('is kept once: told of again it widens nothing that was reached meanwhile, and revises nothing', async () => {
    const { record, answerId } = await answered(null);
    await apply(answerId);
    const reached = { ...DECIDED, seenAtParent: 'T' };
    await bench.database.transaction((tx) => decisions.keepDecisions(tx, 'kisumu', record, [DECIDED], [reached]));
    await apply(answerId);
    expect(await kept(record)).toMatchObject({ agreement: { revision: 1 }, decisions: [reached] });
  });

  it('leaves what was decided of other fields as it stands', async () => {
    const { record, answerId } = await answered(null);
    const other: Decision = { path: 'country', seenAtParent: null, seenAtChild: 'KE', value: 'KE' };
    await bench.database.transaction((tx) => decisions.decide(tx, 'kisumu', record, [other, { ...DECIDED, value: 'C' }], 'amina'));
    await apply(answerId);
    expect((await kept(record)).decisions).toEqual([other, DECIDED]);
  });
});
