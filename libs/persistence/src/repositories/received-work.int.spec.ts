import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WorkReport } from '@sync-hub/contracts';
import { aToldHealth } from '@sync-hub/contracts/testing';
import { type Database, openDatabase } from '../database.js';
import { testDatabase } from '../testing/database.js';
import { aToldHeld, aWorkReport } from '../testing/work-report.builder.js';
import { Vault } from '../vault.js';
import { FetchedHeldActRepository } from './fetched-held-act.repository.js';
import { type NewHeldAct, ReceivedWorkRepository } from './received-work.repository.js';

jest.setTimeout(60_000);

const GROUP = 'a'.repeat(32);

describe('the work of other instances', () => {
  let database: Database;
  let received: ReceivedWorkRepository;
  let drop: () => Promise<void>;
  /** Another one for each test. */
  let box = '';
  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    database = await openDatabase(made.url, 4);
    received = new ReceivedWorkRepository(database, new Vault([{ id: 'test', bytes: randomBytes(32) }]));
  }, 60_000);
  beforeEach(() => {
    box = `box-${randomUUID().slice(0, 8)}`;
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  const take = async (report: WorkReport, origin = box) => (await database.transaction((tx) => received.take(tx, origin, report))).result;
  const ask = async (changes: Partial<NewHeldAct> = {}) =>
    (
      await database.transaction((tx) =>
        received.act(tx, { origin: box, what: 'redriven', group: GROUP, held: null, by: 'amina@hub', reason: null, ...changes }),
      )
    ).result;
  const work = async () => (await received.of([box]))[0];
  const health = async () => (await received.health([box]))[0];
  const saidOf = (id: string) =>
    database.query(`select payload ->> 'outcome' as outcome from outbox where correlation_id = $1 order by (payload ->> 'round')::int`, [id]);
  const lacking = (digest: string, changes: Partial<WorkReport> = {}) => aWorkReport({ held: { digest, count: 2, all: null }, ...changes });

  it('is asked for what is held once, and again when that is another', async () => {
    const run = randomUUID();
    expect((await take(lacking('one', { run }))).wantsHeld).toBe(true);
    expect((await take(aWorkReport({ run, number: 2 }))).wantsHeld).toBe(false);
    expect((await take(lacking('one', { run, number: 3, at: '2026-11-01T10:00:00.000Z' }))).wantsHeld).toBe(false);
    expect(await work()).toMatchObject({ held: { groups: [{ count: 2 }] }, heldAsOf: new Date('2026-11-01T10:00:00.000Z') });
    expect((await take(lacking('two', { run, number: 4, at: '2026-11-01T11:00:00.000Z' }))).wantsHeld).toBe(true);
    expect((await work())?.heldAsOf).toEqual(new Date('2026-11-01T10:00:00.000Z'));
  });

  it('is as it was told last, whatever was late on its way, and after a restart of whoever tells', async () => {
    const run = randomUUID();
    const older = aWorkReport({ run, number: 1, held: { digest: 'one', count: 3, all: aToldHeld(3) } });
    await take(aWorkReport({ run, number: 2, takesActs: false }));
    expect((await take(older)).wantsHeld).toBe(false);
    expect(await work()).toMatchObject({ takesActs: false, held: { groups: [{ count: 2 }] } });
    await take(aWorkReport({ number: 1, held: { digest: 'three', count: 5, all: aToldHeld(5) } }));
    expect((await work())?.held?.groups[0]?.count).toBe(5);
  });

  it('has how an instance does as it told that last, whatever was late on its way, and keeps it where a report says nothing of it', async () => {
    const run = randomUUID();
    const [first, second] = [aToldHealth({ takenAt: '2026-11-01T09:00:00.000Z' }), aToldHealth({ takenAt: '2026-11-01T09:05:00.000Z', heldTotal: 4 })];
    expect(await health()).toBeUndefined();
    await take(aWorkReport({ run, number: 1 }));
    expect(await health()).toMatchObject({ health: null, healthAsOf: null, healthHeardAt: null });
    await take(aWorkReport({ run, number: 3, health: second }));
    const told = await health();
    expect(told).toMatchObject({ health: second, healthAsOf: new Date('2026-11-01T09:05:00.000Z'), healthHeardAt: told?.heardAt });
    for (const [number, again] of [
      [2, first],
      [3, second],
    ] as const) {
      await take(aWorkReport({ run, number, health: again }));
      expect(await health()).toEqual(told);
    }
    for (const more of [{}, { health: null }]) await take(aWorkReport({ run, number: 'health' in more ? 5 : 4, ...more }));
    const kept = await health();
    expect(kept).toMatchObject({ health: second, healthHeardAt: told?.healthHeardAt });
    expect(kept?.heardAt.getTime()).toBeGreaterThan(told?.heardAt.getTime() ?? 0);
    await take(aWorkReport({ number: 1, health: first }));
    expect((await health())?.health).toEqual(first);
  });

  it('stands in no table in words', async () => {
    await take(aWorkReport());
    await ask({ what: 'discarded', reason: 'Achieng is twice in it' });
    const rows = await database.query(`select received_work::text from received_work union all select received_held_act::text from received_held_act`);
    expect(JSON.stringify(rows)).not.toMatch(/OpenMRS ID|Achieng/);
  });

  it('gives an act in each answer until its own instance says what became of it, and says who asked and what came of it', async () => {
    await take(aWorkReport());
    const id = (await ask({ reason: 'test data' })) ?? '';
    expect(await ask()).toBe(id);
    expect(await received.asked([box])).toMatchObject([{ id, sentAt: null, endedAt: null, by: 'amina@hub', reason: 'test data' }]);
    for (let times = 0; times < 2; times += 1)
      expect((await take(lacking('one'))).acts).toEqual([
        { id, by: 'amina@hub', what: 'redriven', group: GROUP, held: null, seenAt: '2026-11-01T09:00:00.000Z', reason: 'test data' },
      ]);
    expect((await received.asked([box]))[0]?.sentAt).not.toBeNull();
    const became = [{ act: id, as: 'done' as const, counts: { found: 2, done: 1, passedOver: 1 } }];
    await take(aWorkReport({ became }), 'another-box');
    expect((await received.asked([box]))[0]?.endedAt).toBeNull();
    expect(await take(lacking('one', { became }))).toMatchObject({ acts: [], known: [id] });
    expect(await take(lacking('one', { became: [{ ...became[0], as: 'gone' } as never] }))).toMatchObject({ known: [id] });
    expect(await received.asked([box])).toMatchObject([{ endedAs: 'done', counts: { found: 2, done: 1, passedOver: 1 } }]);
    expect(await saidOf(id)).toEqual([{ outcome: null }, { outcome: 'done' }]);
  });

  it('takes no act for an instance that lets nobody act from here, or has told of nothing', async () => {
    expect(await ask()).toBeNull();
    await take(aWorkReport({ takesActs: false }));
    expect([await ask(), (await take(lacking('one'))).acts]).toEqual([null, []]);
  });

  it('has each act done once there, and tells what became of it until that is known', async () => {
    const fetched = new FetchedHeldActRepository(database);
    const [id, done] = [randomUUID(), { as: 'done' as const, counts: { found: 1, done: 1, passedOver: 0 } }];
    expect([await fetched.isToDo(id), await fetched.isToDo(id)]).toEqual([true, true]);
    await fetched.done({ act: id, ...done });
    expect([await fetched.isToDo(id), await fetched.toTell(10)]).toEqual([false, [{ act: id, ...done }]]);
    await fetched.known([id]);
    expect(await fetched.toTell(10)).toEqual([]);
    expect([await fetched.isToDo(id), await fetched.toTell(10)]).toEqual([false, [{ act: id, ...done }]]);
  });
});
