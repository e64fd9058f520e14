import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ConflictAct, ConflictSummary } from '@sync-hub/contracts';
import { type Database, openDatabase } from '../database.js';
import { aConflict, aDetail, aField, aReport } from '../testing/conflict.builder.js';
import { testDatabase } from '../testing/database.js';
import { Vault } from '../vault.js';
import { FetchedActRepository } from './fetched-act.repository.js';
import { ReceivedConflictRepository } from './received-conflict.repository.js';

jest.setTimeout(60_000);

const ANSWER: ConflictAct = { does: 'answer', answer: { version: 1, choices: [{ path: 'gender', value: 'Kemunto' }] } };

describe('the conflicts of other instances', () => {
  let database: Database;
  let received: ReceivedConflictRepository;
  let fetched: FetchedActRepository;
  let drop: () => Promise<void>;
  /** Another one for each test. */
  let box = '';
  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    database = await openDatabase(made.url, 4);
    received = new ReceivedConflictRepository(database, new Vault([{ id: 'test', bytes: randomBytes(32) }]));
    fetched = new FetchedActRepository(database);
  }, 60_000);
  beforeEach(() => {
    box = `box-${randomUUID().slice(0, 8)}`;
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  const told = async (conflict: ConflictSummary) => {
    await received.take(box, aReport({ open: [conflict] }));
    return received.take(box, aReport({ open: [conflict], details: [aDetail(conflict)] }));
  };
  const answerTo = (conflict: ConflictSummary, more: object = {}) =>
    received.act({ origin: box, conflict: conflict.id, version: 1, by: 'amina@hub', act: ANSWER, ...more });
  const find = (id: string) => received.find([box], id);

  it('are wanted in full once, and again when they have changed', async () => {
    const conflict = aConflict();
    expect((await received.take(box, aReport({ open: [conflict] }))).wants).toEqual([conflict.id]);
    expect((await told(conflict)).wants).toEqual([]);
    expect((await find(conflict.id))?.detail?.fields).toEqual([aField()]);
    const newer = { ...conflict, version: 2, updatedAt: '2026-11-01T09:00:00.000Z' };
    expect((await received.take(box, aReport({ open: [{ ...conflict, waitingBehind: 3 }] }))).wants).toEqual([]);
    expect((await received.take(box, aReport({ open: [newer] }))).wants).toEqual([conflict.id]);
  });

  it('are those of their own instance alone: another one neither shows nor closes them', async () => {
    const conflict = aConflict();
    await told(conflict);
    await received.take('another-box', aReport({ gone: [conflict.id] }));
    expect(await received.find(['another-box'], conflict.id)).toBeNull();
    expect((await find(conflict.id))?.closedAt).toBeNull();
  });

  it('that are told of no more are asked for, and closed by what is said of them; what both ends held is forgotten then', async () => {
    const [resolved, lost] = [aConflict(), aConflict()];
    await received.take(box, aReport({ open: [resolved, lost] }));
    await received.take(box, aReport({ open: [resolved, lost], details: [aDetail(resolved), aDetail(lost)] }));
    expect((await received.take(box, aReport({ hasMore: true }))).wants).toEqual([]);
    expect((await received.take(box, aReport())).wants.sort()).toEqual([resolved.id, lost.id].sort());
    await received.take(box, aReport({ details: [aDetail({ ...resolved, state: 'resolved' })], gone: [lost.id] }));
    expect(await find(resolved.id)).toMatchObject({ summary: { state: 'resolved' }, detail: null, closedAt: expect.any(Date) });
    expect((await find(lost.id))?.closedAt).toEqual(expect.any(Date));
    expect(await received.list([box], false)).toEqual([]);
    expect(await received.list([box], true)).toHaveLength(2);
  });

  it('keep an answer until what became of it is told, and tell of it each time', async () => {
    const conflict = aConflict();
    await told(conflict);
    const id = await answerTo(conflict);
    const orders = await received.take(box, aReport({ open: [conflict] }));
    expect(orders.acts).toEqual([{ id, conflict: conflict.id, by: 'amina@hub', act: ANSWER }]);
    expect((await received.take(box, aReport({ open: [conflict] }))).acts).toEqual(orders.acts);
    expect((await received.list([box], false))[0]?.isAnswered).toBe(true);
    const became = [{ act: String(id), as: 'taken' as const }];
    expect(await received.take(box, aReport({ open: [conflict], became }))).toEqual({ wants: [conflict.id], acts: [], known: [id] });
    expect((await received.take(box, aReport({ open: [conflict], became }))).known).toEqual([id]);
    expect((await find(conflict.id))?.acts).toMatchObject([{ id, endedAs: 'taken' }]);
  });

  it('take an answer to what was looked at, one at a time, and the same one once', async () => {
    const conflict = aConflict();
    await told(conflict);
    expect(await answerTo(conflict, { version: 2 })).toBeNull();
    const id = randomUUID();
    expect([await answerTo(conflict, { id }), await answerTo(conflict, { id })]).toEqual([id, id]);
    expect(await answerTo(conflict)).toBeNull();
    expect((await find(conflict.id))?.acts).toHaveLength(1);
    await received.take(box, aReport({ open: [conflict], became: [{ act: id, as: 'stale' }] }));
    expect(await answerTo(conflict)).not.toBeNull();
  });

  it('take an ending from the instance that it is of alone', async () => {
    const conflict = aConflict();
    await told(conflict);
    const id = await answerTo(conflict);
    await received.take('another-box', aReport({ became: [{ act: String(id), as: 'taken' }] }));
    expect((await find(conflict.id))?.acts).toMatchObject([{ endedAs: null }]);
  });

  it('end an answer that is under way with the conflict', async () => {
    const conflict = aConflict();
    await told(conflict);
    await answerTo(conflict);
    expect((await received.take(box, aReport({ gone: [conflict.id] }))).acts).toEqual([]);
    expect(await answerTo(conflict)).toBeNull();
  });

  it('hold no value in any column', async () => {
    const conflict = aConflict();
    await received.take(box, aReport({ open: [conflict] }));
    await received.take(
      box,
      aReport({ open: [conflict], details: [aDetail(conflict, [aField({ parent: { value: 'Moraa', label: 'Moraa', isKnown: true } })])] }),
    );
    await answerTo(conflict);
    const columns = await database.query(
      `select received_conflict::text, received_act::text from received_conflict join received_act using (origin) where origin = $1`,
      [box],
    );
    expect(JSON.stringify(columns)).toContain(conflict.id);
    expect(JSON.stringify(columns)).not.toMatch(/Moraa|Kemunto|4d6f726161|4b656d756e746f/);
  });

  it('are acted on once by their own instance, whatever is told twice, and what became of it is told until that is known', async () => {
    const [id, conflict] = [randomUUID(), randomUUID()];
    expect([await fetched.isToDo(id, conflict), await fetched.isToDo(id, conflict)]).toEqual([true, true]);
    await fetched.done({ act: id, as: 'taken' });
    expect(await fetched.isToDo(id, conflict)).toBe(false);
    expect(await fetched.toTell(10)).toEqual([{ act: id, as: 'taken' }]);
    await fetched.known([id]);
    expect(await fetched.toTell(10)).toEqual([]);
    expect(await fetched.isToDo(id, conflict)).toBe(false);
    expect(await fetched.toTell(10)).toEqual([{ act: id, as: 'taken' }]);
  });
});
