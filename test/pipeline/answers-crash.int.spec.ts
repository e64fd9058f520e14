import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TransientError } from '@sync-hub/contracts';
import { HubConflictDesk } from '@sync-hub/runtime';
import type { MemorySite } from '@sync-hub/runtime/testing';
import { type ConflictBench, conflictBench, type Place } from './conflict-bench.js';

jest.setTimeout(30_000);

const TYPED = 'Ward typed';
const died = (): never => {
  throw new TransientError('died', 'the process died here');
};

describe('an answer, where the process dies', () => {
  let bench: ConflictBench;
  beforeAll(async () => {
    bench = await conflictBench();
  }, 60_000);
  afterAll(() => bench.stop());
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The n-th write of any end fails, before it lands or after. */
  const dieAtWrite = (nth: number, moment: 'beforeWrite' | 'afterWrite'): void => {
    let writes = 0;
    const count = async (): Promise<void> => {
      writes += 1;
      if (writes === nth) died();
    };
    for (const site of [bench.central, bench.kisumu]) site[moment] = count;
  };
  const nothing = async (): Promise<void> => undefined;
  const settle = (sites: readonly MemorySite[]): void => {
    for (const site of sites) Object.assign(site, { beforeWrite: nothing, afterWrite: nothing });
  };
  /** Does all of it, and then dies, once. */
  const dieAfter = <Name extends string>(on: Record<Name, unknown>, name: Name): void => {
    const verb = (on[name] as (...args: unknown[]) => Promise<unknown>).bind(on);
    let isDead = false;
    jest.spyOn(on as Record<string, (...args: unknown[]) => Promise<unknown>>, name).mockImplementation(async (...args) => {
      const result = await verb(...args);
      if (!isDead) {
        isDead = true;
        died();
      }
      return result;
    });
  };

  const repositories = () => bench.pipeline.hub.repositories;
  const MOMENTS: readonly (readonly [string, () => void])[] = [
    ['before it is put on the bus', () => void jest.spyOn(bench.pipeline.hub.outgoing, 'send').mockResolvedValueOnce(undefined)],
    ['as it is taken up', () => dieAfter(repositories().answers as never, 'pending' as never)],
    ['once its decisions are kept', () => dieAfter(repositories().decisions as never, 'decide' as never)],
    ['once the agreement is revised', () => dieAfter(repositories().answers as never, 'applied' as never)],
    ['before the first end is written to', () => dieAtWrite(1, 'beforeWrite')],
    ['before the first end has answered', () => dieAtWrite(1, 'afterWrite')],
    ['before the second end is written to', () => dieAtWrite(2, 'beforeWrite')],
    ['before the second end has answered', () => dieAtWrite(2, 'afterWrite')],
    ['before what the first end holds is kept', () => dieAfter(repositories().agreements as never, 'save' as never)],
  ];

  const expectBothHoldIt = async (place: Place): Promise<void> => {
    const both = { name: TYPED, description: 'new' };
    expect([place.held(), place.written('name'), place.written('description')]).toEqual([[both, both], 2, 1]);
    expect([await place.standing(), await place.openJobs(), await place.openDecisions()]).toEqual([['resolved', 1, 'answered'], [], 0]);
    expect(await bench.pipeline.query(`select 1 from intent where uuid = $1 and settled_at is null`, [place.record.uuid])).toEqual([]);
  };

  it.each(MOMENTS)('%s, comes to both ends all the same, and is written to each once', async (_name, arrange) => {
    const place = await bench.agreed();
    await place.differ();
    arrange();
    expect(await place.answer([{ path: 'name', value: TYPED }])).toMatchObject({ kind: 'taken' });
    settle([bench.central, bench.kisumu]);
    await bench.pipeline.atRest();
    await expectBothHoldIt(place);
  });

  it('is carried out once though it is told of again, however late', async () => {
    const place = await bench.agreed();
    await place.differ();
    await place.answer([{ path: 'name', value: TYPED }]);
    await expectBothHoldIt(place);
    const told = `where consumers @> array['apply-answer'] and payload -> 'record' ->> 'uuid' = '${place.record.uuid}'`;
    const [again] = await bench.pipeline.query(`select 1 from outbox ${told}`);
    expect(again).toBeDefined();
    bench.kisumu.edit(place.record, { name: 'Ward later' });
    await place.look('kisumu');
    await bench.pipeline.query(`delete from inbox using outbox ${told} and inbox.message_id = outbox.message_id`);
    await bench.pipeline.query(`update outbox set sent_at = null ${told}`);
    await bench.pipeline.atRest();
    expect(place.held().map(({ name }) => name)).toEqual(['Ward later', 'Ward later']);
    expect([await place.openDecisions(), (await place.rows()).length, await place.openJobs()]).toEqual([0, 1, []]);
  });

  it('that nobody put on the bus is found by the sweep, with a desk that has none', async () => {
    const place = await bench.agreed();
    await place.differ();
    const { answers, conflictOverview: overview, decisions, snapshots } = repositories();
    const { database } = bench.pipeline.hub.parts;
    const desk = new HubConflictDesk({
      database,
      overview,
      answers,
      decisions,
      snapshots,
      send: nothing,
      titleOf: (site) => site,
      patientPage: async () => null,
    });
    await desk.answer((await place.shown()).conflict.id, { version: 1, choices: [{ path: 'name', value: TYPED }] }, 'grace');
    expect((await place.standing())[0]).toBe('answered');
    await bench.pipeline.atRest();
    await expectBothHoldIt(place);
  });
});
