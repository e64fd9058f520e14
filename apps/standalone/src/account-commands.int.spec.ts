import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Database, openDatabase } from '@sync-hub/persistence';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { accountDesksOn } from '@sync-hub/runtime';
import { accounts } from './account-commands.js';

jest.setTimeout(60_000);

const NOWHERE = { address: 'nowhere', browser: null };

describe('accounts, at the command line', () => {
  let made: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    made = await testDatabase();
    database = await openDatabase(made.url, 2);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await made.drop();
  });

  const desks = () => accountDesksOn(database, 'hub');
  const run = async (...args: readonly string[]) => {
    const said: string[] = [];
    const code = await accounts(args, desks().accounts, (line) => said.push(line)).catch((error: Error) => error.message);
    return { code, said: said.join('\n') };
  };
  const passwordIn = (said: string): string => / ([a-z2-9]{5}(?:-[a-z2-9]{5}){3})$/m.exec(said)?.[1] ?? 'none';
  const signIn = async (name: string, password: string) => (await desks().signIn.signIn(name, password, NOWHERE)).kind;

  it('lets whoever lost the password in again, from the machine itself, whatever was guessed before', async () => {
    expect(await run('account', 'list')).toEqual({ code: 0, said: expect.stringContaining('There are no accounts') });
    const first = passwordIn((await run('account', 'add', 'Amina', '--role', 'administrator')).said);
    expect(await signIn('amina', first)).toBe('signed-in');
    for (let count = 0; count < 5; count += 1) await signIn('Amina', 'a wrong one');
    await database.write(`update sign_in_attempt set wait_until = wait_until + interval '1 hour' where wait_until > tried_at`);
    expect(await signIn('Amina', first)).toBe('wait');
    const reset = await run('account', 'password', 'amina');
    expect(await signIn('Amina', first)).toBe('refused');
    expect(await signIn('Amina', passwordIn(reset.said))).toBe('signed-in');
  });

  it('changes roles, disables and enables, but leaves an administrator', async () => {
    const password = passwordIn((await run('account', 'add', 'Otieno', '--role', 'viewer')).said);
    expect(await run('account', 'role', 'Otieno', 'operator')).toEqual({ code: 0, said: 'Otieno is operator now.' });
    expect((await run('account', 'disable', 'Otieno')).code).toBe(0);
    expect(await signIn('Otieno', password)).toBe('refused');
    expect((await run('account', 'list')).said).toMatch(/^Otieno {2}operator, disabled, never signed in$/m);
    expect((await run('account', 'enable', 'Otieno')).code).toBe(0);
    expect(await signIn('Otieno', password)).toBe('signed-in');
    for (const args of [
      ['disable', 'Amina'],
      ['role', 'Amina', 'viewer'],
    ])
      expect(await run('account', ...args)).toMatchObject({ code: 1, said: expect.stringContaining('no administrator left') });
    expect(JSON.parse((await run('account', 'list', '--json')).said)).toMatchObject([
      { name: 'Amina', role: 'administrator' },
      { name: 'Otieno', role: 'operator' },
    ]);
  });

  it('makes tokens that may no more than their account, lists them without their secrets, and revokes them', async () => {
    const made = await run('token', 'add', 'Otieno', 'a report', '--may', 'read-audit,drive-work', '--days', '30');
    const [, id = '', token = ''] = /^Token (\S+), said here and never again: (\S+)$/.exec(made.said) ?? [];
    expect(await desks().signIn.byToken(token)).toMatchObject({ name: 'Otieno', permissions: ['read-audit', 'drive-work'] });
    expect((await run('token', 'add', 'Otieno', 'more', '--may', 'manage-accounts', '--days', '30')).code).toMatch(
      /^Otieno is operator, who may not manage-accounts/,
    );
    expect((await run('token', 'add', 'Otieno', 'more', '--may', 'read-audit', '--days', '4000')).code).toMatch(/^days is 1 to 366 days/);
    const listed = await run('token', 'list', '--account', 'otieno');
    expect(listed.said).toMatch(new RegExp(`^${id} {2}Otieno: a report, may read-audit, drive-work, by `));
    expect(listed.said).not.toContain(token);
    expect((await run('token', 'list', '--account', 'Amina')).said).toBe('There are no tokens.');
    expect((await run('token', 'revoke', id)).code).toBe(0);
    expect((await run('token', 'revoke', id)).code).toBe(1);
    expect(await desks().signIn.byToken(token)).toBeNull();
  });

  it('says how, and what is wrong', async () => {
    for (const wrong of [
      ['account'],
      ['account', 'add'],
      ['account', 'list', 'x'],
      ['token', 'add', 'Otieno'],
      ['token', 'revoke'],
      ['account', 'list', '--what'],
    ])
      expect(await run(...wrong)).toMatchObject({ code: 1, said: expect.stringContaining('account add NAME --role ROLE') });
    expect((await run('account', 'add', 'Otieno', '--role', 'viewer')).code).toBe('there is an account Otieno');
    expect((await run('account', 'add', 'a:b', '--role', 'king')).code).toMatch(/^name is a name .*; role is one of viewer/);
    expect((await run('account', 'password', 'Nobody')).code).toBe('there is no account Nobody');
  });
});
