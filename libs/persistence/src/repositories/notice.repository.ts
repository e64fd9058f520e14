import { randomUUID } from 'node:crypto';
import type { Notice, Situation } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** A situation that people were, or are to be, told of. */
export interface KnownSituation extends Situation {
  readonly occurrence: string;
  /** It is not there at the moment, and not long enough for it to be over. */
  readonly goneSince: Date | null;
  readonly clearedAt: Date | null;
}

/** What a look changes. */
export interface SituationChanges {
  readonly began: readonly Situation[];
  /** Still there, or there again before it was over. */
  readonly stands: readonly Situation[];
  /** Not there any more, and not long enough. */
  readonly gone: readonly KnownSituation[];
  readonly cleared: readonly KnownSituation[];
  /** Of what is run here no more: nobody is told. */
  readonly dropped: readonly KnownSituation[];
}

/** By which channels people are told, and for how long they are left alone by what comes back. */
export interface Telling {
  readonly channels: readonly string[];
  readonly quietMinutes: number;
}

/** A message as it stands, for people. */
export interface NoticeRow {
  readonly id: string;
  readonly channel: string;
  readonly what: 'began' | 'cleared';
  readonly key: string;
  readonly state: 'waiting' | 'sent' | 'gave-up' | 'cancelled';
  readonly attempts: number;
  readonly code: string | null;
  readonly madeAt: Date;
  readonly settledAt: Date | null;
}

type Said = Omit<Situation, 'since'> & { readonly since: string; readonly clearedAt: string | null };
type Claimed = Pick<Notice, 'id' | 'channel' | 'occurrence' | 'attempts' | 'madeAt'> & { readonly what: 'began' | 'cleared'; readonly said: Said };

/** Whoever sends a message and is not heard of again has not sent it; longer than any sending takes. */
const CLAIM_SECONDS = 120;
const KEPT_DAYS = 30;

/** What people are told of, and the messages that tell them. Written by the conflict service. */
export class NoticeRepository {
  constructor(private readonly database: Database) {}

  /** One look at a time, whoever looks. */
  async lock(tx: Tx): Promise<readonly KnownSituation[]> {
    await tx.query('lock table situation in share row exclusive mode');
    return tx.query<KnownSituation & Record<string, unknown>>(
      `select key, occurrence, kind, site, link, direction, since, count, gone_since as "goneSince", cleared_at as "clearedAt" from situation order by key`,
    );
  }

  async apply(tx: Tx, { began, stands, gone, cleared, dropped }: SituationChanges, telling: Telling): Promise<void> {
    for (const situation of began) await this.begin(tx, situation, telling);
    for (const { key, count } of stands) await tx.query(`update situation set count = $2, gone_since = null where key = $1`, [key, count]);
    for (const { key } of gone) await tx.query(`update situation set gone_since = coalesce(gone_since, now()) where key = $1`, [key]);
    for (const situation of [...cleared, ...dropped]) await this.end(tx, situation);
    for (const situation of cleared) await this.tellCleared(tx, situation);
    await tx.query(`update notice set state = 'cancelled', settled_at = now(), code = 'not-configured' where state = 'waiting' and not channel = any($1)`, [
      telling.channels,
    ]);
    await tx.query(`delete from notice where settled_at < now() - make_interval(days => $1)`, [KEPT_DAYS]);
    await tx.query(`delete from situation where cleared_at < now() - make_interval(days => $1)`, [KEPT_DAYS]);
  }

  /** The oldest that may go now by this channel, for whoever takes it; `null` where there is none, or so many went within the last hour. */
  async claim(channel: string, atMostPerHour: number): Promise<Notice | null> {
    const [row] = await this.database.write<Claimed>(
      `update notice set attempts = attempts + 1, claimed_until = now() + make_interval(secs => ${CLAIM_SECONDS}) where id = (
         select id from notice as next where channel = $1 and state = 'waiting' and next_at <= now() and (claimed_until is null or claimed_until < now())
           and not exists (select from notice as before where before.occurrence = next.occurrence and before.channel = next.channel and before.state = 'waiting' and before.made_at < next.made_at)
           and (select count(*) from notice as sent where sent.channel = $1 and sent.state = 'sent' and sent.settled_at > now() - interval '1 hour') < $2
         order by made_at limit 1 for update skip locked)
       returning id, channel, what, occurrence, said, attempts, made_at as "madeAt"`,
      [channel, atMostPerHour],
    );
    if (row === undefined) return null;
    const { said, ...notice } = row;
    const { clearedAt, ...situation } = said;
    return { ...notice, clearedAt: clearedAt === null ? null : new Date(clearedAt), situation: { ...situation, since: new Date(said.since) } };
  }

  async sent(tx: Tx, { id }: Pick<Notice, 'id'>): Promise<void> {
    await tx.query(`update notice set state = 'sent', settled_at = now(), claimed_until = null, code = null where id = $1 and state = 'waiting'`, [id]);
  }

  /** `null` gives it up. */
  async failed(tx: Tx, { id }: Pick<Notice, 'id'>, code: string, againInSeconds: number | null): Promise<void> {
    await tx.query(
      `update notice set code = $2, claimed_until = null, next_at = now() + make_interval(secs => coalesce($3, 0)),
         state = case when $3::float is null then 'gave-up' else state end, settled_at = case when $3::float is null then now() end where id = $1 and state = 'waiting'`,
      [id, code, againInSeconds],
    );
  }

  /** What is not over, the oldest first. */
  standing(): Promise<readonly KnownSituation[]> {
    return this.database.query<KnownSituation & Record<string, unknown>>(
      `select key, occurrence, kind, site, link, direction, since, count, gone_since as "goneSince", cleared_at as "clearedAt" from situation where cleared_at is null order by since, key`,
    );
  }

  /** The newest first. */
  list(limit: number): Promise<readonly NoticeRow[]> {
    return this.database.query<NoticeRow & Record<string, unknown>>(
      `select id, channel, what, said ->> 'key' as key, state, attempts, code, made_at as "madeAt", settled_at as "settledAt" from notice order by made_at desc, id limit $1`,
      [limit],
    );
  }

  /** What comes back soon after it was over is told of once people have been left alone for a while. */
  private async begin(tx: Tx, { key, kind, site, link, direction, since, count }: Situation, { channels, quietMinutes }: Telling): Promise<void> {
    const occurrence = randomUUID();
    const [before] = await tx.query<{ clearedAt: Date | null }>(`select cleared_at as "clearedAt" from situation where key = $1`, [key]);
    await tx.query(
      `insert into situation (key, occurrence, kind, site, link, direction, since, count) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (key) do update set occurrence = excluded.occurrence, since = excluded.since, count = excluded.count, noticed_at = now(), gone_since = null, cleared_at = null`,
      [key, occurrence, kind, site, link, direction, since, count],
    );
    await tx.query(
      `insert into notice (channel, what, occurrence, said, next_at) select channel, 'began', $2, $3, greatest(now(), $4::timestamptz + make_interval(mins => $5)) from unnest($1::text[]) as channel`,
      [channels, occurrence, { key, kind, site, link, direction, since: since.toISOString(), count, clearedAt: null }, before?.clearedAt ?? null, quietMinutes],
    );
  }

  private async end(tx: Tx, { key, occurrence }: KnownSituation): Promise<void> {
    await tx.query(`update situation set cleared_at = now() where key = $1`, [key]);
    await tx.query(
      `update notice set state = 'cancelled', settled_at = now(), code = 'over-before'
       where occurrence = $1 and what = 'began' and state = 'waiting' and (claimed_until is null or claimed_until < now())`,
      [occurrence],
    );
  }

  /** Whom nobody has told that it began is not told that it is over; who was, or may have been, is. */
  private async tellCleared(tx: Tx, { occurrence, goneSince }: KnownSituation): Promise<void> {
    await tx.query(
      `insert into notice (channel, what, occurrence, said) select channel, 'cleared', occurrence, said || jsonb_build_object('clearedAt', $2::text)
       from notice where occurrence = $1 and what = 'began' and state in ('sent', 'waiting') on conflict do nothing`,
      [occurrence, (goneSince ?? new Date()).toISOString()],
    );
  }
}
