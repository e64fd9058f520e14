import { type RecordRef, recordKey, type SiteId } from '@sync-hub/contracts';
import type { Database } from './database.js';

/** Somebody who wants to be the one writer, or looker, on a record at a site. */
export interface Claiming {
  readonly holder: string;
  readonly site: SiteId;
  readonly record: RecordRef;
  readonly leaseSeconds: number;
}

const recordAtSite = ({ site, record }: Pick<Claiming, 'site' | 'record'>): string => `${site} ${recordKey(record)}`;

export const claimingKey = (claiming: Claiming): string => `${recordAtSite(claiming)} ${claiming.holder}`;

/**
 * Takes or renews what is free, one after the other where two want the same. By `claimingKey` of those who have it now: how often
 * a claim ran out under this message, never given back.
 */
export async function takeClaims(database: Database, all: readonly Claiming[]): Promise<ReadonlyMap<string, number>> {
  const first = [...new Map([...all].reverse().map((claiming) => [recordAtSite(claiming), claiming])).values()];
  const taken = await takeDistinct(database, first);
  const left = all.filter((claiming) => !first.includes(claiming));
  return left.length === 0 ? taken : new Map([...taken, ...(await takeClaims(database, left))]);
}

async function takeDistinct(database: Database, claims: readonly Claiming[]): Promise<ReadonlyMap<string, number>> {
  const rows = await database.write<RecordRef & { site: SiteId; holder: string; crashes: number }>(
    `insert into claim as held (site, aggregate, uuid, holder, message_id, until)
     select site, aggregate, uuid, holder, split_part(holder, '#', 1), now() + make_interval(secs => seconds)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float[]) as claiming (site, aggregate, uuid, holder, seconds) order by site, aggregate, uuid
     on conflict (site, aggregate, uuid) do update set holder = excluded.holder, message_id = excluded.message_id, until = excluded.until,
       crashes = case when held.message_id = excluded.message_id then held.crashes + 1 else 0 end
     where held.until < now() or held.holder = excluded.holder
     returning site, aggregate, uuid, holder, crashes`,
    [
      claims.map(({ site }) => site),
      claims.map(({ record }) => record.aggregate),
      claims.map(({ record }) => record.uuid),
      claims.map(({ holder }) => holder),
      claims.map(({ leaseSeconds }) => leaseSeconds),
    ],
  );
  return new Map(
    rows.map(({ site, holder, crashes, aggregate, uuid }) => [claimingKey({ site, holder, record: { aggregate, uuid }, leaseSeconds: 0 }), crashes]),
  );
}
