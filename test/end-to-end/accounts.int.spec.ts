import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { commandLine } from './command-line.js';
import { type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const NEXT = 'four words that nobody said';

describe('accounts of a hub that has just been started', () => {
  let world: RunningWorld;
  let first = '';
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' } });
  }, 120_000);
  afterAll(() => world?.stop());

  const post = async (where: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${world.standalone.consoleUrl}${where}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
    return {
      status: answer.status,
      cookie: answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
      body: (await answer.json()) as Record<string, unknown>,
    };
  };

  it('begin with one, by the password of a file that its owner alone reads, and are told of in the audit', async () => {
    const file = path.join(world.world.folder, `hub-${path.basename(new URL(world.database.url).pathname)}`, 'first-password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    first = (await readFile(file, 'utf8')).trim().split(' ')[1] ?? '';
    expect((await post('/api/session', { name: 'admin', password: 'admin' })).status).toBe(401);
    const { status, cookie, body } = await post('/api/session', { name: 'admin', password: first });
    expect([status, body]).toEqual([200, expect.objectContaining({ role: 'administrator', mustChangePassword: true })]);
    const page = { cookie, origin: world.standalone.consoleUrl, 'x-page-token': String(body['pageToken']) };
    expect((await post('/api/session/password', { current: first, next: NEXT }, page)).status).toBe(200);
    const audited = () => world.count(`select count(*) as count from audit where type = 'account.changed.v1' and details ->> 'account' = 'admin'`);
    await until('all of it is in the audit', async () => (await audited()) === 4, 30_000);
    const cli = commandLine({ SYNC_HUB_CONFIG: world.world.configurationFile, ...world.world.env, DATABASE_URL: world.database.url });
    const listed = await cli('audit', 'list', '--text', 'admin');
    for (const line of [
      'account-added  account admin  by sync-hub',
      'sign-in-refused  account admin',
      'signed-in  account admin  by admin',
      'password-changed  account admin  by admin',
    ])
      expect(listed.said).toContain(line);
    const events = (await cli('audit', 'export', '--format', 'fhir', '--outcome', 'sign-in-refused')).said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([{ resourceType: 'AuditEvent', type: { code: '110114' }, outcome: '4' }]);
    expect((await cli('account', 'list')).said).toMatch(/^admin {2}administrator, signed in last /);
  });

  it('stand with their secrets in no log, no row and no file but that one', async () => {
    const rows = JSON.stringify(
      await world.query(
        `select to_jsonb(account) as row from account union all select to_jsonb(audit) from audit union all select to_jsonb(outbox) from outbox union all select to_jsonb(account_session) from account_session`,
      ),
    );
    for (const secret of [first, NEXT]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(world.lines.join('\n') + rows).not.toContain(secret);
    }
  });
});
