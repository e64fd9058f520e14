import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Configuration, parseConfiguration } from '@sync-hub/configuration';
import { aLink, aSite } from '@sync-hub/configuration/testing';
import { InProcessBus } from '@sync-hub/messaging';
import { until } from '@sync-hub/messaging/testing';
import { Meters } from '@sync-hub/observability';
import { keptLog } from '@sync-hub/observability/testing';
import { type Database, openDatabase, Vault } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { Hub, messageIn, whyNotTrusted } from '@sync-hub/runtime';
import { MemorySites } from '@sync-hub/runtime/testing';
import { mailServer, webhookReceiver } from '../testing/receivers.js';
import { TellPeopleService } from './tell-people.service.js';

const SECRET = 'whsec_c2VjcmV0LW9mLXRoaXMtdGVzdA==';
const TABLES = 'received_work, notice, situation, link_brake, link_act, link_pause, failing_work';

type Receiver = Awaited<ReturnType<typeof webhookReceiver>>;
type MailServer = Awaited<ReturnType<typeof mailServer>>;

describe('what needs people is told to them', () => {
  let made: Awaited<ReturnType<typeof testDatabase>>;
  let database: Database;
  let [receiver, mail] = [undefined as unknown as Receiver, undefined as unknown as MailServer];
  const vault = new Vault([{ id: 'test', bytes: randomBytes(32) }]);
  const running: TellPeopleService[] = [];
  let looks = 0;

  beforeAll(async () => {
    process.env['SYNC_HUB_TEST_HOOK'] = SECRET;
    made = await testDatabase();
    database = await openDatabase(made.url, 8);
    [receiver, mail] = [await webhookReceiver(), await mailServer()];
  }, 60_000);
  beforeEach(async () => {
    await database.query(`truncate ${TABLES} cascade`);
    await database.query(`delete from change`);
    await database.query(`delete from site`);
    await database.query(`insert into site (id, state) values ('central', 'up'), ('kisumu', 'up'), ('siaya', 'up')`);
    receiver.posted.length = 0;
    mail.mails.length = 0;
    receiver.answers.status = 204;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.onApplicationShutdown()));
  });
  afterAll(async () => {
    await Promise.all([receiver.stop(), mail.stop()]);
    await database.close();
    await made.drop();
  });

  const configured = (messages: object = {}, more: object = {}): Configuration =>
    parseConfiguration({
      instance: { id: 'hub' },
      sites: [aSite('central'), aSite('kisumu', { title: 'Kisumu clinic' }), aSite('siaya')],
      links: [aLink('kisumu'), aLink('siaya')],
      messages: {
        downMinutes: 60,
        clearMinutes: 0,
        quietMinutes: 0,
        webhooks: [{ id: 'pager', url: receiver.url, secret: { env: 'SYNC_HUB_TEST_HOOK' } }],
        mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'sync@health.example', to: ['ops@health.example', 'data@health.example'] },
        ...messages,
      },
      ...more,
    });

  /** A process that tells people; as another one that is started later would. */
  function start(configuration = configured()) {
    const kept = keptLog();
    const hub = new Hub({
      ...{ configuration, database, vault, log: kept.log, meters: new Meters() },
      bus: new InProcessBus(),
      clients: () => new MemorySites(),
      times: { tellPeopleMs: 30 },
    });
    const { situations, notices, overview } = hub.repositories;
    const counted = { observe: (long: Parameters<typeof situations.observe>[0]) => situations.observe(long).finally(() => (looks += 1)) };
    const service = new TellPeopleService(hub, counted as typeof situations, notices, overview);
    running.push(service);
    service.onApplicationBootstrap();
    return { hub, kept, stop: () => service.onApplicationShutdown() };
  }
  const down = (site: string, ago: string) => database.query(`update site set state = 'down', state_since = now() - $2::interval where id = $1`, [site, ago]);
  const up = (site: string) => database.query(`update site set state = 'up', state_since = now() where id = $1`, [site]);
  const saidBy = () => receiver.posted.map(({ body }) => JSON.parse(body.toString('utf8')));
  const subjects = () => saidBy().map(({ text }) => text.subject as string);
  /** So many looks were made since. */
  const rounds = async (count = 3): Promise<void> => {
    const before = looks;
    await until('it was looked again', async () => looks >= before + count, 15_000);
  };

  it('once by each channel where it begins, signed, and once where it is over', async () => {
    start();
    await down('kisumu', '2 hours');
    await until('both channels have it', async () => receiver.posted.length === 1 && mail.mails.length === 1, 15_000);
    await rounds();
    const [post] = receiver.posted;
    expect(whyNotTrusted(messageIn(post?.headers ?? {}, post?.body ?? Buffer.alloc(0)), SECRET, new Date())).toBeNull();
    expect(saidBy()[0]).toMatchObject({ version: 1, instance: 'hub', what: 'began', situation: { key: 'down/kisumu', kind: 'down', site: 'kisumu' } });
    expect([subjects(), mail.mails[0]?.to]).toEqual([['[Sync Hub hub] Kisumu clinic cannot be reached'], ['ops@health.example', 'data@health.example']]);
    expect((mail.mails[0]?.text ?? '').replace(/=\r?\n/g, '')).toMatch(
      /Auto-Submitted: auto-generated[\s\S]*Nothing is lost, and what waits goes on by itself/,
    );
    await up('kisumu');
    await until('both are told that it is over', async () => receiver.posted.length === 2 && mail.mails.length === 2, 15_000);
    expect([subjects()[1], saidBy()[1].occurrence]).toEqual(['[Sync Hub hub] Kisumu clinic can be reached again', saidBy()[0].occurrence]);
    const idOf = (text = '') => /^Message-ID: (.+)$/im.exec(text)?.[1];
    expect(/^In-Reply-To: (.+)$/im.exec(mail.mails[1]?.text ?? '')?.[1]).toBe(idOf(mail.mails[0]?.text));
  });

  it('not before it has lasted, not of what is not run here, and one message however many records it is about', async () => {
    await down('kisumu', '59 minutes');
    await database.query(`insert into link_brake (link, braked_at, reason, category, voids) values ('elsewhere', now(), 'voids-per-hour', 'visit', 51)`);
    await database.query(
      `insert into change (id, site, aggregate, uuid, state, reason, code, held_at) select gen_random_uuid(), 'siaya', 'visit', 'v' || n, 'parked', 'broken', 'contract', now() - interval '2 days' from generate_series(1, 500) as n`,
    );
    start();
    await until('it is told', async () => receiver.posted.length > 0, 15_000);
    await rounds();
    expect(saidBy().map(({ situation }) => [situation.key, situation.count])).toEqual([['held/at/siaya', 500]]);
    await database.query('delete from change');
  });

  it('of an instance that reports here and is not heard of in time, and that it is heard of again; not of one that may be silent for longer', async () => {
    const from = [
      { id: 'kisumu-box', secret: { env: 'KISUMU_BOX' } },
      { id: 'night-box', secret: { env: 'NIGHT_BOX' }, heardWithinMinutes: 720 },
      { id: 'never-box', secret: { env: 'NEVER_BOX' } },
    ];
    const heard = (origin: string, ago: string) =>
      database.query(
        `insert into received_work (origin, run, number, heard_at, told_at, takes_acts, away) values ($1, gen_random_uuid(), 1, now() - $2::interval, now(), false, '[]')
         on conflict (origin) do update set heard_at = excluded.heard_at`,
        [origin, ago],
      );
    for (const origin of ['kisumu-box', 'night-box', 'another-box']) await heard(origin, '16 minutes');
    start(configured({}, { instance: { id: 'hub', receives: { host: '127.0.0.1', port: 4201, from } } }));
    await until('it is told', async () => receiver.posted.length > 0, 15_000);
    await rounds();
    expect(saidBy().map(({ situation, text }) => [situation.key, text.subject])).toEqual([
      ['unheard/kisumu-box', '[Sync Hub hub] Nothing is heard of the instance kisumu-box'],
    ]);
    await heard('kisumu-box', '1 second');
    await until('it is told that it is over', async () => receiver.posted.length > 1, 15_000);
    expect(subjects()[1]).toBe('[Sync Hub hub] The instance kisumu-box is heard of again');
  });

  it('of a route that is past its freshness target for work that goes on, and not where its end is away, or people have paused it', async () => {
    const change = (site: string) =>
      database.query(
        `insert into change (id, site, aggregate, uuid, state, opened_at) values (gen_random_uuid(), $1, 'visit', 'late', 'open', now() - interval '1 hour')`,
        [site],
      );
    await Promise.all([change('kisumu'), change('siaya')]);
    await down('siaya', '30 minutes');
    await database.query(
      `insert into link_act (id, link, direction, what, by) values ('00000000-0000-4000-8000-000000000001', 'central-kisumu', 'push', 'pause', 'amina')`,
    );
    await database.query(
      `insert into link_pause (link, direction, how, by, act_id) values ('central-kisumu', 'push', 'pause', 'amina', '00000000-0000-4000-8000-000000000001')`,
    );
    start();
    await rounds();
    expect(saidBy()).toEqual([]);
    await database.query(`delete from link_pause`);
    await until('it is told', async () => receiver.posted.length > 0, 15_000);
    expect([subjects(), saidBy()[0].situation.key]).toEqual([[expect.stringContaining('Kisumu clinic')], 'late/central-kisumu/push']);
    await database.query('delete from change');
    await until('it is over', async () => receiver.posted.length === 2, 15_000);
  });

  it('by one of several processes, and by none anew that is started later', async () => {
    await database.query(`update site set state = 'locked-out', state_since = now() where id = 'siaya'`);
    await database.query(`insert into link_brake (link, braked_at, reason, category, voids) values ('central-kisumu', now(), 'voids-per-hour', 'visit', 51)`);
    const processes = [start(), start(), start()];
    await until('both are told by both channels', async () => receiver.posted.length >= 2 && mail.mails.length >= 2, 15_000);
    await rounds();
    await Promise.all(processes.map((one) => one.stop()));
    start();
    await rounds(6);
    expect([subjects().sort(), mail.mails.length]).toEqual([
      ['[Sync Hub hub] Siaya refuses our login', '[Sync Hub hub] The link central-kisumu is paused by its brake'],
      2,
    ]);
  });

  it('again where it is not taken, by the same id, which the status says; another channel has it meanwhile', async () => {
    receiver.answers.status = 503;
    const { kept } = start();
    await down('kisumu', '2 hours');
    await until('mail has it', async () => mail.mails.length === 1 && receiver.posted.length === 1, 15_000);
    await until(
      'it is noted',
      async () => (await database.query(`select from failing_work where work = 'tell-people' and place = 'pager'`)).length === 1,
      15_000,
    );
    const [row] = await database.query<{ code: string; seconds: number }>(
      `select code, extract(epoch from next_at - now())::int as seconds from notice where channel = 'pager' and state = 'waiting'`,
    );
    expect([row?.code, (row?.seconds ?? 0) > 40, kept.text().includes('message-not-sent'), kept.text().includes('its own words')]).toEqual([
      'answers-otherwise',
      true,
      true,
      false,
    ]);
    receiver.answers.status = 200;
    await database.query(`update notice set next_at = now() where state = 'waiting'`);
    await until('it is taken', async () => receiver.posted.length === 2, 15_000);
    await until('nothing fails any more', async () => (await database.query('select from failing_work')).length === 0, 15_000);
    expect([new Set(receiver.posted.map(({ headers }) => headers['webhook-id'])).size, mail.mails.length]).toEqual([1, 1]);
  });

  it('no more than is said within an hour; and given up after many tries, which is no news when it is over', async () => {
    await down('kisumu', '2 hours');
    await down('siaya', '2 hours');
    const { stop } = start(configured({ atMostPerHour: 1 }));
    await until('one is told', async () => receiver.posted.length === 1, 15_000);
    await rounds(6);
    expect(receiver.posted.length).toBe(1);
    await stop();
    receiver.answers.status = 500;
    await database.query(`update notice set attempts = 11, next_at = now() where channel = 'pager' and state = 'waiting'`);
    const { kept } = start();
    await until('it is given up', async () => (await database.query(`select from notice where state = 'gave-up'`)).length === 1, 15_000);
    await until('it is said', async () => kept.text().includes('message-given-up'), 15_000);
    await up('siaya');
    await up('kisumu');
    await until('it is over', async () => (await database.query(`select from situation where cleared_at is null`)).length === 0, 15_000);
    const told = await database.query<{ what: string }>(`select what from notice where channel = 'pager' and what = 'cleared'`);
    expect(told.length).toBe(1);
  });

  it('nothing of what is over before anybody could be told, nor of what was taken out of the configuration', async () => {
    receiver.answers.status = 500;
    await down('siaya', '2 hours');
    const { stop } = start(configured({ mail: undefined }));
    await until('it was tried', async () => receiver.posted.length === 1, 15_000);
    await up('siaya');
    await until(
      'it is dropped',
      async () => (await database.query(`select from notice where state = 'cancelled' and code = 'over-before'`)).length === 1,
      15_000,
    );
    await stop();
    receiver.answers.status = 204;
    await down('kisumu', '2 hours');
    const { stop: ended } = start();
    await until('it is told', async () => receiver.posted.length === 2, 15_000);
    await ended();
    start(configured({}, { sites: [aSite('central'), aSite('siaya')], links: [aLink('siaya')] }));
    await until('it is over', async () => (await database.query(`select from situation where cleared_at is null`)).length === 0, 15_000);
    await rounds();
    expect(subjects().slice(1)).toEqual(['[Sync Hub hub] Kisumu clinic cannot be reached']);
  });

  it('and nothing at all where the secret is missing, which is said, and stops nothing else', async () => {
    const { kept } = start(configured({ webhooks: [{ id: 'pager', url: receiver.url, secret: { env: 'SYNC_HUB_TEST_NO_HOOK' } }] }));
    await down('kisumu', '2 hours');
    await until('mail has it', async () => mail.mails.length === 1, 15_000);
    await until('it is said', async () => kept.text().includes('secret-missing'), 15_000);
    expect(receiver.posted).toEqual([]);
  });
});
