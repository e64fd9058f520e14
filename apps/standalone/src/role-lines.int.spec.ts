import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '@sync-hub/persistence';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import type { SiteRole } from '@sync-hub/runtime';
import { ROLE_NAME, roleSql } from './role-lines.js';

const VERSIONS = { platform: '2.8.0', rest: null };
const role = (...names: string[]): SiteRole => ({
  privileges: names.map((name) => ({ name, why: `to read it, isn't it` })),
  leftOut: [{ name: 'Later', why: 'not yet' }],
});

describe('the SQL of a role', () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await testDatabase();
    database = await openDatabase(test.url, 2);
    // As openmrs-core's tables are (liquibase-schema-only 2.8).
    for (const statement of [
      `create table privilege (privilege varchar(255) primary key, description text, uuid char(38) not null unique)`,
      `create table role (role varchar(50) primary key, description varchar(255), uuid char(38) not null unique)`,
      `create table role_privilege (role varchar(50) references role, privilege varchar(255) references privilege, primary key (role, privilege))`,
      `insert into privilege select name, name, name from unnest(array['Get Patients', 'Get People', 'Add Patients']) as name`,
    ])
      await database.query(statement);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const run = async (given: SiteRole): Promise<readonly string[]> => {
    const text = roleSql('kisumu', VERSIONS, given)
      .map((line) => line.replace(/-- .*$/, ''))
      .join('\n');
    for (const statement of text.split(';').filter((one) => one.trim() !== '')) await database.query(statement);
    const rows = await database.query<{ privilege: string }>(`select privilege from role_privilege where role = $1 order by 1`, [ROLE_NAME]);
    return rows.map(({ privilege }) => privilege);
  };

  it('makes the role with what the server has of it, once however often it is run, and takes away what is needed no more', async () => {
    expect(await run(role('Get Patients', 'Get People', 'Nobody Has It'))).toEqual(['Get Patients', 'Get People']);
    const before = await database.query(`select * from role`);
    expect(await run(role('Get Patients', 'Add Patients'))).toEqual(['Add Patients', 'Get Patients']);
    expect(await database.query(`select * from role`)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('says what is left out, in comments alone', () => {
    const lines = roleSql('kisumu', VERSIONS, role('Get Patients'));
    expect(lines).toContain('-- Left out: Later (not yet)');
    expect(lines).toContain(`  'Get Patients'  -- to read it, isn't it`);
  });
});
