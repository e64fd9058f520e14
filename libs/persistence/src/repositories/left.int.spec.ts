import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRecord, aRoute, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { LeftRepository } from './left.repository.js';
import { MembershipRepository } from './membership.repository.js';
import { RulesRepository } from './rules.repository.js';

describe('what was taken out of the configuration', () => {
  let bench: PipelineBench;
  let left: LeftRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    left = new LeftRepository();
  }, 60_000);
  afterAll(() => bench.close());

  const tx = <Result>(work: Parameters<typeof bench.database.transaction<Result>>[0]) => bench.database.transaction(work);
  const links = ['kisumu', 'siaya'];
  /** As each process does it when it takes a configuration. */
  const goBy = (now: readonly string[]) =>
    tx(async (inTx) => {
      await left.note(inTx, now);
      await bench.sites.keepTo(inTx, ['central', ...now]);
      const routes = now.map((link) => ({ link, direction: 'pull' as const, source: 'central', digest: 'any' }));
      await new RulesRepository(bench.database).note(inTx, ['fetcher'], routes);
    });
  const armed = async (link: string): Promise<string> => {
    const record = aRecord();
    const { result } = await tx(async (inTx) => {
      const snapshot = await bench.snapshots.keep(inTx, 'central', 1, bench.location({ name: 'Ward' }, record));
      await bench.jobs.arm(inTx, {
        route: aRoute({ link, target: link }),
        record,
        category: 'location',
        patient: null,
        snapshot,
        sourceHash: 'hash',
        readAtRevision: 0,
        sourceGeneration: 1,
        targetGeneration: 1,
        changedAt: new Date(),
        sights: [],
        trace: '0af7651916cd43dd8448eb211c80319c',
      });
      return inTx.query<{ id: string }>(`select id from job where uuid = $1`, [record.uuid]);
    });
    return result[0]!.id;
  };
  const openJobs = async (afterSeconds = 0) => (await tx((inTx) => left.openJobs(inTx, afterSeconds, 100))).result.map(({ id }) => id);
  const states = async () =>
    Object.fromEntries(
      (
        await bench.database.query<{ id: string; state: string }>(
          `select id, state || case when left_at is null then '' else ' and left' end as state from site`,
        )
      ).map(({ id, state }) => [id, state]),
    );

  it('has its open jobs ended after a while, and not while one of them is in hand', async () => {
    await goBy(links);
    const job = await armed('siaya');
    await armed('kisumu');
    expect(await openJobs()).toEqual([]);
    await goBy(['kisumu']);
    expect([await openJobs(60), await openJobs()]).toEqual([[], [job]]);
    const inHand = (until: string) =>
      bench.database.write(
        `insert into claim (site, aggregate, uuid, holder, message_id, until) select target, aggregate, uuid, 'us', 'record.mapped.v1:' || id || ':1', now() + $2::interval
         from job where id = $1 on conflict (site, aggregate, uuid) do update set until = excluded.until`,
        [job, until],
      );
    await inHand('1 minute');
    expect(await openJobs()).toEqual([]);
    await inHand('-1 second');
    expect(await openJobs()).toEqual([job]);
    await goBy(links);
    expect(await openJobs()).toEqual([]);
  });

  it('has the open changes of its sites ended, and the messages to them done with', async () => {
    await goBy(links);
    const record = aRecord();
    await tx((inTx) => bench.changes.open(inTx, [{ site: 'siaya', record }]));
    const { result: none } = await tx((inTx) => left.openChanges(inTx, 0, 100));
    await goBy(['kisumu']);
    const unsettled = async () =>
      (await bench.store.unsettled(100, { sentBefore: new Date(), lyingIn: [] })).filter(
        ({ envelope }) => envelope.site === 'siaya' && envelope.type === 'record.changed.v1',
      );
    expect((await unsettled()).filter(({ stage }) => stage === 'fetch')).toEqual([]);
    const { result: open } = await tx((inTx) => left.openChanges(inTx, 0, 100));
    expect([none, open.map((one) => one.record)]).toEqual([[], [record]]);
    await tx((inTx) => bench.changes.leave(inTx, open[0]!.id));
    await tx((inTx) => left.settleMessages(inTx, 0));
    expect(await bench.database.query(`select state, ended_as from change where uuid = $1`, [record.uuid])).toEqual([
      { state: 'ended', ended_as: 'not-admitted' },
    ]);
    expect(
      await bench.database.query(
        `select stage from inbox join outbox using (message_id) where outbox.site = 'siaya' and type = 'record.changed.v1' and settled_at is not null`,
      ),
    ).toEqual([{ stage: 'fetch' }]);
  });

  it('has nobody as a member, so that whoever is one again comes with the history of meanwhile', async () => {
    await goBy(links);
    const members = new MembershipRepository(bench.database);
    const patient = randomUUID();
    await tx((inTx) => members.keep(inTx, [{ link: 'siaya', patient, isMember: true }]));
    await tx((inTx) => members.listed(inTx, { link: 'siaya', patient }, ['visit']));
    await goBy(['kisumu']);
    await tx((inTx) => left.endMemberships(inTx, 0));
    expect(await members.linksOf(['siaya'], [patient])).toEqual(new Set());
    await goBy(links);
    await tx((inTx) => members.keep(inTx, [{ link: 'siaya', patient, isMember: true }]));
    expect(await members.takeUnlisted('siaya', ['visit'], 60, 10)).toEqual([{ link: 'siaya', patient }]);
  });

  it('is joining where it comes back, unless it is in doubt', async () => {
    await goBy(links);
    await bench.database.write(`update site set state = 'up'`);
    await tx((inTx) => bench.sites.quarantine(inTx, 'kisumu', 'a reason'));
    await goBy([]);
    expect(await states()).toEqual({ central: 'up', kisumu: 'quarantined and left', siaya: 'up and left' });
    await goBy(links);
    expect(await states()).toEqual({ central: 'up', kisumu: 'quarantined', siaya: 'joining' });
    await goBy(links);
    expect((await states())['central']).toBe('up');
  });
});

describe('a site that joins', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench([]);
  }, 60_000);
  afterAll(() => bench.close());

  const due = async (joiningSeconds: number, isSettled: boolean, resting: readonly string[] = []) =>
    (await bench.database.transaction((tx) => bench.sites.takeDueProbes(tx, 'us', 0, { joiningSeconds, isSettled, resting }))).result;
  const set = (what: string) => bench.database.write(`update site set ${what}`);

  it('is not asked before its queues are old enough, nor before every process goes by the configuration that has it', async () => {
    await bench.database.transaction((tx) => bench.sites.keepTo(tx, ['siaya']));
    expect([await due(5, true), await due(0, false)]).toEqual([[], []]);
    await set(`joined_at = now() - interval '6 seconds'`);
    expect([await due(5, false), await due(5, true, ['siaya']), await due(5, true)]).toEqual([[], [], ['siaya']]);
    await set(`state = 'up', joined_at = now()`);
    expect(await due(5, false)).toEqual(['siaya']);
  });

  it('is asked no more once it is taken out', async () => {
    await bench.database.transaction((tx) => bench.sites.keepTo(tx, []));
    expect(await due(0, true)).toEqual([]);
    await bench.database.transaction((tx) => bench.sites.keepTo(tx, ['siaya']));
  });

  it('is asked at once with a new login where it locked us out, once, and not before every process has it', async () => {
    await set(`state = 'up', next_probe_at = now() + interval '1 hour'`);
    await bench.database.transaction((tx) => bench.sites.haveNewLogin(tx, ['siaya']));
    expect(await due(0, true)).toEqual([]);
    await set(`state = 'locked-out'`);
    await bench.database.transaction((tx) => bench.sites.haveNewLogin(tx, ['siaya']));
    expect(await due(0, false)).toEqual([]);
    expect(await due(0, true)).toEqual(['siaya']);
    await set(`next_probe_at = now() + interval '1 hour'`);
    expect(await due(0, true)).toEqual([]);
  });
});
