import { afterAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from './database.js';
import { databaseUrl, onServer } from './database-server.js';

const names = async (url: string): Promise<string[]> => {
  const { rows } = await onServer(url, (client) => client.query<{ datname: string }>('select datname from pg_database'));
  return rows.map(({ datname }) => datname);
};

describe('the test database', () => {
  const made: TestDatabase[] = [];
  const make = async (): Promise<TestDatabase> => {
    const database = await testDatabase();
    made.push(database);
    return database;
  };

  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  it('is a clone of its own with every migration applied', async () => {
    const [one, other] = await Promise.all([make(), make()]);
    expect(one.name).not.toBe(other.name);
    const { rows } = await onServer(one.url, (client) => client.query<{ count: number }>('select count(*)::int as count from migrations'));
    expect(rows[0]?.count).toBeGreaterThan(0);
    await onServer(one.url, (client) => client.query('create table seen_by_one (id int)'));
    const { rows: seen } = await onServer(other.url, (client) => client.query<{ found: string | null }>("select to_regclass('seen_by_one') as found"));
    expect(seen).toEqual([{ found: null }]);
  }, 60_000);

  it('is gone after it was dropped, even with somebody connected', async () => {
    const database = await testDatabase();
    await onServer(database.url, async () => {
      await database.drop();
    }).catch(() => undefined);
    expect(await names(databaseUrl(database.url, 'postgres'))).not.toContain(database.name);
  }, 60_000);
});
