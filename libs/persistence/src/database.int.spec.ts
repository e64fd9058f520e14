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
