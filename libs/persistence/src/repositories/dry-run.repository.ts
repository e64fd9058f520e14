import { type AskedOfSite, DRY_WRITES, type DryEnd, type RecordRef, type Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { OpenManualRun } from './manual-run.repository.js';

/** A record whose turn it is in a dry run. */
export interface ToForetell {
  readonly record: RecordRef;
  /** It was not asked for: something of the run would wait for it. */
  readonly isAlong: boolean;
}

/** What would come of a record, and what it took to find out. */
export interface Foretold {
  readonly as: DryEnd;
  readonly reason: string | null;
  /** Names of fields that would be written, or asked about. */
  readonly fields: readonly string[];
  /** What it would wait for, each as `aggregate/uuid`. */
  readonly awaits: readonly string[];
  readonly bytesToSend: number;
  /** What would come of it once what it would wait for had landed, where that is no write. */
  readonly afterwards: { readonly as: DryEnd; readonly reason: string } | null;
  readonly source: AskedOfSite;
  readonly target: AskedOfSite;
}

/** A record that a run would bring along, as what it stands on the run's route. */
export type Along = RecordRef & { readonly category: string; readonly place: number };

/** What the records of dry runs would come to. Several processes take them side by side; what one has not told of when its time is up is taken again. Written by the pusher's dry runs. */
export class DryRunRepository {
  constructor(private readonly database: Database) {}

  /** Takes the next of what is listed, kinds in their order; what hangs on people waits until it is known what would come of them. Nothing of a run that is over. */
  async take(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, limit: number, leaseSeconds: number): Promise<readonly ToForetell[]> {
    const [run] = await tx.query(`select id from manual_run where id = $1 and ended_at is null for share`, [id]);
    if (run === undefined) return [];
    return tx
      .query<RecordRef & { readonly along: boolean }>(TAKE, [id, limit, leaseSeconds])
      .then((rows) => rows.map(({ aggregate, uuid, along }) => ({ record: { aggregate, uuid }, isAlong: along })));
  }

  /** It could not be asked now, and is taken again. */
  async giveBack(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, { aggregate, uuid }: RecordRef): Promise<void> {
    await tx.query(`update manual_run_record set state = 'listed', taken_until = null where run = $1 and aggregate = $2 and uuid = $3 and state = 'looking'`, [
      id,
      aggregate,
      uuid,
    ]);
  }

  /** This is what would come of it. What it would wait for, and nobody has listed, is brought along. */
  async found(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, { aggregate, uuid }: RecordRef, told: Foretold, along: readonly Along[]): Promise<void> {
    const { as, reason, fields, awaits, ...cost } = told;
    await tx.query(
      `update manual_run_record set state = 'ended', became = $4, reason = $5, fields = $6, awaits = $7, told = $8, taken_until = null
       where run = $1 and aggregate = $2 and uuid = $3 and state = 'looking'`,
      [id, aggregate, uuid, as, reason, fields, awaits, JSON.stringify(cost)],
    );
    if (along.length === 0) return;
    await tx.query(
      `insert into manual_run_record (run, aggregate, uuid, category, place, along)
       select distinct on (aggregate, uuid) $1::uuid as run, aggregate, uuid, category, place, true from jsonb_to_recordset($2) as row (aggregate text, uuid text, category text, place int)
       where exists (select from manual_run where id = $1 and ended_at is null) order by aggregate, uuid on conflict do nothing`,
      [id, JSON.stringify(along)],
    );
  }

  /** What would come of these people, by their uuids; those of whom the run does not know it, or who were not looked at, are left out. */
  async peopleIn({ id }: Pick<OpenManualRun, 'id'>, people: readonly Uuid[]): Promise<ReadonlyMap<Uuid, DryEnd>> {
    if (people.length === 0) return new Map();
    const rows = await this.database.query<{ uuid: Uuid; became: DryEnd }>(
      `select uuid, became from manual_run_record where run = $1 and aggregate = 'person' and uuid = any($2) and became is not null and reason is distinct from 'class-closed'`,
      [id, people],
    );
    return new Map(rows.map(({ uuid, became }) => [uuid, became]));
  }
}

/** `$1` run, `$2` at most so many, `$3` for so many seconds. */
const TAKE = `
  with free as (
    select run, aggregate, uuid from manual_run_record
    where run = $1 and (state = 'listed' or (state = 'looking' and taken_until < now()))
      and (aggregate = 'person' or place <= (select coalesce(min(place), 0) from manual_run_record where run = $1 and aggregate = 'person')
        or not exists (select from manual_run_record as one where one.run = $1 and one.aggregate = 'person' and one.state <> 'ended'))
    order by place, uuid limit $2 for update skip locked
  )
  update manual_run_record as record set state = 'looking', looked_at = now(), taken_until = now() + make_interval(secs => $3)
  from free where record.run = free.run and record.aggregate = free.aggregate and record.uuid = free.uuid
  returning record.aggregate, record.uuid, record.along`;

/** Those that would wait only for what the same run would write, or bring along, follow it; and those that wait for them. What would be held for another reason after that is told as held. */
export async function markFollowers(tx: Tx, run: string): Promise<void> {
  for (;;) {
    const rows = await tx.query(
      `update manual_run_record as record set became = coalesce(told -> 'afterwards' ->> 'as', 'would-follow'), reason = told -> 'afterwards' ->> 'reason' where run = $1 and became = 'would-wait' and awaits <> '{}'
         and not exists (
           select from unnest(awaits) as awaited (name) where not exists (
             select from manual_run_record as other where other.run = $1 and other.aggregate = split_part(name, '/', 1) and other.uuid = split_part(name, '/', 2)
               and other.became = any($2)))
       returning uuid`,
      [run, [...DRY_WRITES]],
    );
    if (rows.length === 0) return;
  }
}
