import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AliasRepository } from './alias.repository.js';
import { type Pair, type PairHindrance, PairRepository } from './pair.repository.js';

const HOLDER = 'pairing-1#1';

describe('two patients whom a person says to be one', () => {
  let bench: PipelineBench;
  let pairs: PairRepository;
  let pair: Pair;
  beforeAll(async () => {
    bench = await pipelineBench(['central', 'kisumu', 'siaya']);
    pairs = new PairRepository(bench.database, bench);
  }, 60_000);
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.database.query(
      `truncate table alias, agreement, intent, waiter, conflict_note, conflict_answer, conflict, job, change, snapshot, claim, outbox, inbox`,
    );
    pair = {
      link: 'kisumu',
      parent: 'central',
      child: 'kisumu',
      record: { aggregate: 'person', uuid: randomUUID() },
      local: randomUUID(),
      linksOfChild: ['kisumu', 'below'],
    };
    expect(await pairs.claim(HOLDER, pair, 60)).toBe(true);
  });

  const local = (): RecordRef => ({ aggregate: 'person', uuid: pair.local });
  const accept = async (): Promise<PairHindrance | null> => (await bench.database.transaction((tx) => pairs.accept(tx, pair, 'Achieng', HOLDER))).result;
  const undo = async (): Promise<PairHindrance | null> => (await bench.database.transaction((tx) => pairs.undo(tx, pair, HOLDER))).result;
  const nameAtChild = () => new AliasRepository(bench.database).bookOf('kisumu').toLocal(pair.record);
  const aJob = async (link: string, uuid: string, state = 'parked'): Promise<string> => {
    const [snapshot, id] = [randomUUID(), randomUUID()];
    await bench.database.query(
      `insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed) values ($1, 'kisumu', 'person', $2, 1, 1, 'x', '')`,
      [snapshot, uuid],
    );
    await bench.database.query(
      `insert into job (id, link, direction, source, target, aggregate, uuid, category, state, source_snapshot, source_hash, read_at_revision, source_generation, target_generation)
       values ($1, $2, 'push', 'kisumu', 'central', 'person', $3, 'patient', $4, $5, 'x', 0, 1, 1)`,
      [id, link, uuid, state, snapshot],
    );
    return id;
  };
  const anIntent = async (link: string, site: string, uuid: string, ageSeconds: number): Promise<void> => {
    await bench.database.query(
      `insert into intent (id, job_id, link, site, aggregate, uuid, sealed, longest_request_ms, committed_at)
       values (gen_random_uuid(), $1, $2, $3, 'person', $4, '', 4000, now() - make_interval(secs => $5))`,
      [await aJob(link, uuid, 'ready'), link, site, uuid, ageSeconds],
    );
  };
  const anAgreement = (link: string, uuid: string): Promise<unknown> =>
    bench.database.query(
      `insert into agreement (link, aggregate, uuid, revision, shape, sealed, parent_generation, child_generation, parent_past, child_past) values ($1, 'person', $2, 1, 1, '', 1, 1, '{}', '{}')`,
      [link, uuid],
    );

  it('go by one uuid from then on: jobs under the other end, both ends are looked at, and it is known who said so', async () => {
    const job = await aJob('kisumu', pair.local);
    await anIntent('kisumu', 'kisumu', pair.record.uuid, 60);
    expect(await accept()).toBeNull();
    expect(await nameAtChild()).toBe(pair.local);
    expect(await bench.database.query(`select outcome from job where id = $1`, [job])).toEqual([{ outcome: 'superseded' }]);
    expect(await bench.database.query(`select settled_as from intent`)).toEqual([{ settled_as: 'not-landed' }]);
    expect(await bench.database.query(`select site, uuid, forced from change order by site`)).toEqual(
      ['central', 'kisumu'].map((site) => ({ site, uuid: pair.record.uuid, forced: true })),
    );
    expect(await bench.database.query(`select accepted_on, accepted_by from alias`)).toEqual([{ accepted_on: 'kisumu', accepted_by: 'Achieng' }]);
    expect(await accept()).toEqual({ why: 'already' });
  });

  it.each([
    [
      'the child’s is agreed on as itself, on whatever link',
      async (): Promise<unknown> => anAgreement('elsewhere', pair.local),
      { why: 'agreed', where: ['elsewhere'] },
    ],
    ['the parent’s is agreed on with that child', async (): Promise<unknown> => anAgreement('kisumu', pair.record.uuid), { why: 'agreed', where: ['kisumu'] }],
    ['the child’s may have been made elsewhere', async () => anIntent('below', 'siaya', pair.local, 60), { why: 'open-elsewhere', where: ['below'] }],
    ['a write of the one may still land at the other’s end', async () => anIntent('kisumu', 'central', pair.local, 0), { why: 'busy' }],
    [
      'one has been read there and not yet passed on',
      async () => bench.database.transaction((tx) => bench.changes.open(tx, [{ site: 'kisumu', record: local() }])),
      { why: 'busy' },
    ],
    ['the claims have run out', async () => bench.database.query(`update claim set until = now() - interval '1 second'`), { why: 'busy' }],
  ] as const)('are not made one where %s', async (_, given, refusal) => {
    await given();
    expect(await accept()).toEqual(refusal);
    expect(await nameAtChild()).toBe(pair.record.uuid);
  });

  it('are made one where the parent’s is agreed on with another child', async () => {
    await anAgreement('siaya', pair.record.uuid);
    expect(await accept()).toBeNull();
  });

  it('are not made one with a third', async () => {
    await accept();
    const others: readonly Pair[] = [
      { ...pair, local: randomUUID() },
      { ...pair, record: { ...pair.record, uuid: randomUUID() } },
      { ...pair, record: local(), local: randomUUID() },
    ];
    for (const other of others) {
      await pairs.release(HOLDER);
      await pairs.claim(HOLDER, other, 60);
      expect((await bench.database.transaction((tx) => pairs.accept(tx, other, 'Achieng', HOLDER))).result).toEqual({ why: 'paired-otherwise' });
    }
  });

  it('are nobody else’s meanwhile, and nobody is taken in half', async () => {
    expect(await pairs.claim('another#1', pair, 60)).toBe(false);
    const overlapping = { ...pair, record: { ...pair.record, uuid: randomUUID() } };
    expect(await pairs.claim('another#1', overlapping, 60)).toBe(false);
    expect(await bench.database.query(`select distinct holder from claim`)).toEqual([{ holder: HOLDER }]);
    await pairs.release(HOLDER);
    expect(await pairs.claim('another#1', overlapping, 60)).toBe(true);
  });

  it('are two again while nothing is agreed on of them', async () => {
    await accept();
    await bench.database.query(`truncate table change`);
    const job = await aJob('kisumu', pair.record.uuid);
    expect(await undo()).toBeNull();
    expect(await nameAtChild()).toBe(pair.record.uuid);
    expect(await bench.database.query(`select outcome from job where id = $1`, [job])).toEqual([{ outcome: 'superseded' }]);
    expect(await bench.database.query(`select count(*)::int as looks from change where uuid in ($1, $2)`, [pair.record.uuid, pair.local])).toEqual([
      { looks: 4 },
    ]);
    expect(await undo()).toEqual({ why: 'not-accepted' });
  });

  it.each([
    ['once they are agreed on', async (): Promise<unknown> => anAgreement('below', pair.record.uuid), { why: 'agreed', where: ['below'] }],
    [
      'where a write of the one may have landed',
      async (): Promise<unknown> => anIntent('kisumu', 'central', pair.record.uuid, 60),
      { why: 'agreed', where: ['kisumu'] },
    ],
    ['while one is read by the other’s name', async (): Promise<unknown> => undefined, { why: 'busy' }],
  ] as const)('stay one %s', async (_, given, refusal) => {
    await accept();
    if (refusal.why !== 'busy') await bench.database.query(`truncate table change`);
    await given();
    expect(await undo()).toEqual(refusal);
    expect(await nameAtChild()).toBe(pair.local);
  });

  it('that a server’s own uuids brought about are not parted', async () => {
    await bench.database.query(`insert into alias (site, aggregate, uuid, local_uuid) values ('kisumu', 'person', $1, $2)`, [pair.record.uuid, pair.local]);
    expect(await undo()).toEqual({ why: 'not-accepted' });
  });
});
