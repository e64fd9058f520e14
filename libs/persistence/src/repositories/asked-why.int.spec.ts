import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { HeldWhyNow } from '@sync-hub/contracts';
import { type Database, openDatabase } from '../database.js';
import { testDatabase } from '../testing/database.js';
import { AskedWhyRepository } from './asked-why.repository.js';

jest.setTimeout(60_000);

const YES: HeldWhyNow = { works: 'yes', prospect: 'would-write', site: 'central', why: null, code: null, names: [], hasChanged: null };

describe('what is asked of something held', () => {
  let database: Database;
  let questions: AskedWhyRepository;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    database = await openDatabase(made.url, 4);
    questions = new AskedWhyRepository(database);
  }, 60_000);
  beforeEach(() => database.write(`delete from asked_why`, []));
  afterAll(async () => {
    await database.close();
    await drop();
  });

  const isOver = (id: string) => database.write(`update asked_why set taken_until = now() - interval '1 second' where id = $1`, [id]);

  it('is taken by one process alone, and answered once', async () => {
    const id = await questions.ask(randomUUID());
    expect(await questions.answerTo(id)).toEqual({ state: 'untaken' });
    const taken = (await Promise.all([questions.take(4), questions.take(4), questions.take(4)])).flat();
    expect(taken.map((one) => one.id)).toEqual([id]);
    expect(await questions.answerTo(id)).toEqual({ state: 'taken' });
    await questions.answer(id, YES);
    await questions.answer(id, { ...YES, works: 'no' });
    expect(await questions.answerTo(id)).toEqual({ state: 'answered', answer: YES });
    await isOver(id);
    expect(await questions.take(4)).toEqual([]);
  });

  it('is taken again after a process that died over it, and not for ever', async () => {
    const id = await questions.ask(randomUUID());
    expect(await questions.take(4)).toHaveLength(1);
    expect(await questions.take(4)).toEqual([]);
    await isOver(id);
    expect(await questions.take(4)).toHaveLength(1);
    await isOver(id);
    expect(await questions.take(4)).toEqual([]);
  });

  it('is kept no longer than somebody waits for it', async () => {
    const [withdrawn, old] = [await questions.ask(randomUUID()), await questions.ask(randomUUID())];
    await questions.withdraw(withdrawn);
    await database.write(`update asked_why set asked_at = now() - interval '10 minutes' where id = $1`, [old]);
    expect(await questions.take(4)).toEqual([]);
    expect(await database.query(`select id from asked_why`)).toEqual([]);
  });
});
