import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '@sync-hub/messaging/testing';
import { mailServer, webhookReceiver } from '../../apps/conflict-service/src/testing/receivers.js';
import type { Place } from './places.js';
import type { Query } from './watched.js';

/** Who is told by webhook and by mail of what needs people, and what they were told. */
export interface ToldPeople {
  /** What an instance's configuration says of them. */
  readonly messages: Readonly<Record<string, unknown>>;
  readonly places: readonly Place[];
  /** What is held, and who is asked, has been for days: waits until both channels have told of it. */
  tell(query: Query): Promise<void>;
  /** Puts these words into what each was told. */
  plant(words: string): void;
  stop(): Promise<void>;
}

export async function toldPeople(): Promise<ToldPeople> {
  const [pager, mail] = await Promise.all([webhookReceiver(), mailServer()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-told-'));
  const secret = { file: path.join(folder, 'pager.secret') };
  await writeFile(secret.file, 'what the pager knows');
  const planted: string[] = [];
  return {
    messages: {
      heldHours: 1,
      conflictHours: 1,
      clearMinutes: 0,
      webhooks: [{ id: 'pager', url: pager.url, secret }],
      mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'sync@health.example', to: ['ops@health.example'] },
    },
    places: [
      { name: 'webhook', read: async () => [...pager.posted.map(({ headers, body }) => `${JSON.stringify(headers)} ${body.toString('utf8')}`), ...planted] },
      { name: 'mail', read: async () => [...mail.mails.map(({ to, text }) => `${to.join()} ${text}`), ...planted] },
    ],
    tell: async (query) => {
      await query(`update job set held_at = held_at - interval '3 days' where state in ('waiting', 'parked')`);
      await query(`update change set held_at = held_at - interval '3 days' where state = 'parked'`);
      await query(`update conflict set opened_at = opened_at - interval '3 days' where closed_at is null`);
      for (const kind of ['held', 'conflict']) await until(`people are told of what is ${kind}`, async () => (await query(TOLD, [kind])).length === 2, 60_000);
    },
    plant: (words) => void planted.push(words),
    stop: async () => {
      await Promise.all([pager.stop(), mail.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** The channels by which a message of this kind was taken. */
const TOLD = `select distinct channel from notice where state = 'sent' and said ->> 'kind' = $1`;
