import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConfiguration } from '@sync-hub/configuration/testing';
import { type Database, openDatabase } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { mailServer, webhookReceiver } from '../../conflict-service/src/testing/receivers.js';
import { messagesOn } from './message-commands.js';

describe('messages at the command line', () => {
  let made: Awaited<ReturnType<typeof testDatabase>>;
  let database: Database;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let mail: Awaited<ReturnType<typeof mailServer>>;
  beforeAll(async () => {
    process.env['SYNC_HUB_TEST_HOOK'] = 'a secret of this test';
    made = await testDatabase();
    database = await openDatabase(made.url, 2);
    [receiver, mail] = [await webhookReceiver(), await mailServer()];
  }, 60_000);
  afterAll(async () => {
    await Promise.all([receiver.stop(), mail.stop()]);
    await database.close();
    await made.drop();
  });

  const run = async (args: readonly string[], configured = true) => {
    const lines: string[] = [];
    const messages = {
      ...{ language: 'fr' as const, downMinutes: 60, heldHours: 24, conflictHours: 72, clearMinutes: 5, quietMinutes: 60, atMostPerHour: 20 },
      webhooks: [{ id: 'pager', url: receiver.url, secret: { env: 'SYNC_HUB_TEST_HOOK' } }],
      mail: { host: '127.0.0.1', port: mail.port, security: 'none' as const, from: 'sync@health.example', to: ['ops@health.example'] },
    };
    const configuration = aConfiguration(configured ? { messages } : {});
    const code = await messagesOn(
      args,
      configuration,
      (work) => work(database),
      (line) => lines.push(line),
    );
    return { code, lines };
  };

  it('sends a test by every channel, and says of each whether it was taken', async () => {
    expect(await run(['test'])).toEqual({ code: 0, lines: ['pager: taken.', 'mail: taken.'] });
    expect([receiver.posted.length, mail.mails.length]).toEqual([1, 1]);
    expect(JSON.parse(receiver.posted[0]?.body.toString('utf8') ?? '')).toMatchObject({
      what: 'test',
      situation: null,
      text: { subject: expect.stringContaining('Un essai') },
    });
    receiver.answers.status = 404;
    expect(await run(['test', 'pager'])).toEqual({ code: 1, lines: ['pager: not taken (answers-otherwise 404).'] });
    expect(mail.mails.length).toBe(1);
  });

  it('says which channels there are, that there are none, and how it is used', async () => {
    expect(await run(['test', 'sms'])).toEqual({ code: 1, lines: ['There is no channel sms. There are: pager, mail.'] });
    expect((await run(['test'], false)).lines[0]).toContain('nobody is told');
    expect([(await run([])).code, (await run(['send'])).code, (await run([])).lines[0]?.includes('messages test')]).toEqual([0, 1, true]);
  });

  it('lists what stands, and what became of each message', async () => {
    expect((await run(['list'])).lines).toEqual(['Nothing stands that people are told of.']);
    await database.query(
      `insert into situation (key, occurrence, kind, link, since, count) values ('held/l', gen_random_uuid(), 'held', 'l', '2026-11-30T10:00:00Z', 3)`,
    );
    await database.query(
      `insert into notice (channel, what, occurrence, said, attempts, code) values ('pager', 'began', gen_random_uuid(), '{"key": "held/l"}', 3, 'unreachable')`,
    );
    const { lines } = await run(['list']);
    expect(lines.slice(0, 3)).toEqual(['What stands', '  held/l since 2026-11-30T10:00:00.000Z, 3 records', 'The last messages']);
    expect(lines[3]).toMatch(/^ {2}20\S+Z pager: held\/l began, waiting, tried 3 times \(unreachable\)$/);
  });
});
