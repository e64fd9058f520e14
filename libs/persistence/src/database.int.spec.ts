import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@sync-hub/messaging';
import { type Database, openDatabase } from './database.js';
import { type TestDatabase, testDatabase } from './testing/index.js';

describe('the database', () => {
  let own: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    own = await testDatabase();
    database = await openDatabase(own.url, 1);
    await database.write('create table thing (name text primary key)');
    await database.write('insert into thing values ($1)', ['first']);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await own.drop();
  });

  const byName = (name: string) => database.query('select * from thing where name = $1', [name]);
  const inTx = (name: string) => database.transaction(async (tx) => tx.query('select * from thing where name = $1', [name]));

  it('prepares a statement once for a connection', async () => {
    for (const name of ['first', 'second', 'first']) await byName(name);
    const prepared = await database.query<{ count: string }>(
      `select count(*) from pg_prepared_statements where statement = 'select * from thing where name = $1'`,
    );
    expect(prepared[0]?.count).toBe('1');
  });

  it.each([
    ['by itself', async (name: string) => byName(name)],
    ['in a transaction', async (name: string) => (await inTx(name)).result],
  ])('goes on with statements that tell other columns since a migration, %s', async (how, ask) => {
    expect(await ask('first')).toHaveLength(1);
    const column = how.replaceAll(' ', '_');
    await database.write(`alter table thing add column ${column} int default 7`);
    expect(await ask('first')).toEqual([expect.objectContaining({ name: 'first', [column]: 7 })]);
  });

  it('lets no straggler of a transaction that failed write anything', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    const failing = database.transaction(async (tx: Tx) => {
      const slow = tx.query('select pg_sleep(0.2)');
      straggler = slow.then(() => tx.query('insert into thing values ($1)', ['straggler']));
      straggler.catch(() => undefined);
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toMatchObject({ code: 'bug' });
    await expect(straggler).rejects.toMatchObject({ code: 'bug', message: 'a statement came after its transaction had ended' });
    expect(await byName('straggler')).toEqual([]);
  });
});
