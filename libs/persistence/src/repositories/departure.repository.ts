import { DepartureMoved, type LinkId, type RecordRef, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';

/**
 * How far a patient's leaving has got. `leaving`: what she has at the child goes up first. `closed`: the tombstone stands, nothing of hers travels either way.
 * `voiding`: the child's copy is about to be voided, or was. `retired`: it was. `returning`: she is admitted again and is brought back. `restoring`: she is
 * back, some of what went with her is not. `kept`: somebody at the child brought her back by hand.
 */
export const DEPARTURE_STATES = ['leaving', 'closed', 'voiding', 'retired', 'returning', 'restoring', 'kept'] as const;
export type DepartureState = (typeof DEPARTURE_STATES)[number];

/** While she is in one of these nothing that names her travels on the link; what went with her travels in none, until it is seen alive again. */
const CLOSING: readonly DepartureState[] = ['closed', 'voiding', 'retired', 'returning'];
/** In these there is something to do. */
const UNFINISHED: readonly DepartureState[] = ['leaving', 'closed', 'voiding', 'returning', 'restoring'];

export interface Departure {
  readonly id: string;
  readonly link: LinkId;
  readonly patient: Uuid;
  readonly state: DepartureState;
  /** What it waits for. */
  readonly reason: string | null;
  readonly since: Date;
  /** When the void was about to be sent; null where none was. */
  readonly sentAt: Date | null;
}

/** How many patients of a link stand so, and why. */
export interface DeparturesOnLink {
  readonly link: LinkId;
  readonly state: DepartureState;
  readonly reason: string | null;
  readonly patients: number;
}

/** The tombstones of patients who have left a catchment. Written by fetch, which sees who leaves and comes back, and by the pusher's departures, one step at a time. */
export class DepartureRepository {
  constructor(private readonly database: Database) {}

  /** A patient whom the link has held is outside its catchment. Nothing where she never was a member, or has left already. */
  async leave(tx: Tx, link: LinkId, patient: Uuid): Promise<void> {
    await tx.query(
      `insert into departure as row (id, link, patient, state) select $1, $2, $3, 'leaving' where exists (select from membership where link = $2 and patient = $3)
       on conflict (link, patient) do update set state = 'leaving', reason = null, not_before = now() where row.state in ('returning', 'restoring')`,
      [newId(), link, patient],
    );
  }

  /** The patient is admitted again: what has not been done is not done, what has been is undone. */
  async comeBack(tx: Tx, link: LinkId, patient: Uuid): Promise<void> {
    const [row] = await tx.query<{ state: DepartureState }>(`select state from departure where link = $1 and patient = $2 for update`, [link, patient]);
    if (row === undefined || row.state === 'returning' || row.state === 'restoring') return;
    if (row.state === 'voiding' || row.state === 'retired' || (await this.hasRecords(tx, link, patient, row.state)))
      await tx.query(`update departure set state = $3, reason = null, not_before = now() where link = $1 and patient = $2`, [
        link,
        patient,
        row.state === 'kept' ? 'restoring' : 'returning',
      ]);
    else await this.forget(tx, link, patient);
  }

  /** Of one that was only closed the records were taken down for a void that was never sent. */
  private async hasRecords(tx: Tx, link: LinkId, patient: Uuid, state: DepartureState): Promise<boolean> {
    if (state === 'closed') return false;
    return (await tx.query(`select from departure_record where link = $1 and patient = $2 limit 1`, [link, patient])).length > 0;
  }

  /** A record was seen alive at the child: it travels again, and who brought a patient back by hand keeps her. False where nothing is other than it was. */
  async seenAlive(tx: Tx, link: LinkId, { aggregate, uuid }: RecordRef): Promise<boolean> {
    await tx.query(`update departure set state = 'kept', not_before = now() where link = $1 and patient = $2 and state = 'retired' and $3 = 'person'`, [
      link,
      uuid,
      aggregate,
    ]);
    const back = await tx.query(
      `delete from departure_record as one using departure where (one.link, one.aggregate, one.uuid) = ($1, $2, $3)
         and (departure.link, departure.patient) = (one.link, one.patient) and departure.state in ('restoring', 'kept') returning one.uuid`,
      [link, aggregate, uuid],
    );
    return back.length > 0;
  }

  /** The links on which nothing of the record travels: it went with a patient who left, or names one. */
  async linksClosedTo(links: readonly LinkId[], record: RecordRef, patients: readonly Uuid[]): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: string }>(
      `select link from departure where link = any($1) and patient = any($2) and state = any($3)
       union select link from departure_record where link = any($1) and aggregate = $4 and uuid = $5`,
      [links, [...patients, ...(record.aggregate === 'person' ? [record.uuid] : [])], CLOSING, record.aggregate, record.uuid],
    );
    return new Set(rows.map(({ link }) => link));
  }

  /** Takes departures of the link on which there is something to do; nobody else takes them before the lease is over. */
  async take(link: LinkId, leaseSeconds: number, limit: number): Promise<readonly Departure[]> {
    return this.database.write<Departure>(
      `update departure set not_before = now() + make_interval(secs => $2) where id in (
         select id from departure where link = $1 and not_before <= now()
           and (state = any($4) or (state = 'kept' and exists (select from departure_record as one where (one.link, one.patient) = (departure.link, departure.patient))))
         order by not_before limit $3 for update skip locked)
       returning id, link, patient, state, reason, since, sent_at as "sentAt"`,
      [link, leaseSeconds, limit, UNFINISHED],
    );
  }

  /** Is any of these records open or held on the link, yet to be looked at at either of its ends, or in doubt there? */
  async isAnythingOpen(link: LinkId, sites: readonly SiteId[], records: readonly RecordRef[]): Promise<boolean> {
    const rows = await this.database.query(
      `with hers as (select * from jsonb_to_recordset($3) as row (aggregate text, uuid text))
       select 1 from job where link = $1 and state <> 'ended' and (aggregate, uuid) in (select aggregate, uuid from hers)
       union all select 1 from change where site = any($2) and state <> 'ended' and (aggregate, uuid) in (select aggregate, uuid from hers)
       union all select 1 from intent where site = any($2) and settled_at is null and (aggregate, uuid) in (select aggregate, uuid from hers) limit 1`,
      [link, sites, JSON.stringify(records)],
    );
    return rows.length > 0;
  }

  /** One step on, if it still stands where it stood: whoever sees her come back may have taken it from there. Says so. */
  async move(tx: Tx, { id, state }: Pick<Departure, 'id' | 'state'>, to: DepartureState, child: SiteId): Promise<boolean> {
    const [row] = await tx.query<{ link: LinkId; patient: Uuid; round: number }>(
      `update departure set state = $3, reason = null, round = round + 1, not_before = now(), sent_at = case when $3 = 'voiding' then now() else sent_at end where id = $1 and state = $2 returning link, patient, round`,
      [id, state, to],
    );
    if (row !== undefined) say(tx, row, { id, child, state: to, reason: null });
    return row !== undefined;
  }

  /** What keeps it where it is, and when it is tried again. Said once. */
  async wait(
    tx: Tx,
    { id, state }: Pick<Departure, 'id' | 'state'>,
    { reason, seconds }: { readonly reason: string; readonly seconds: number },
    child: SiteId,
  ): Promise<void> {
    const [row] = await tx.query<{ link: LinkId; patient: Uuid; round: number }>(
      `update departure set reason = $3, round = round + 1 where id = $1 and state = $2 and reason is distinct from $3 returning link, patient, round`,
      [id, state, reason],
    );
    await tx.query(`update departure set not_before = now() + make_interval(secs => $3) where id = $1 and state = $2`, [id, state, seconds]);
    if (row !== undefined) say(tx, row, { id, child, state, reason });
  }

  /** Takes down what goes with her. Under the tombstone, before the void. */
  async takeDown(tx: Tx, { link, patient }: Pick<Departure, 'link' | 'patient'>, records: readonly RecordRef[]): Promise<void> {
    await tx.query(
      `insert into departure_record (link, patient, aggregate, uuid) select $1, $2, aggregate, uuid from jsonb_to_recordset($3) as row (aggregate text, uuid text)
       order by aggregate, uuid on conflict do nothing`,
      [link, patient, JSON.stringify(records)],
    );
  }

  /** What went with her and has not been seen alive again. */
  async recordsOf({ link, patient }: Pick<Departure, 'link' | 'patient'>): Promise<readonly RecordRef[]> {
    return this.database.query<RecordRef & Record<string, unknown>>(
      `select aggregate, uuid from departure_record where link = $1 and patient = $2 order by array_position(array['person', 'visit', 'encounter'], aggregate), uuid`,
      [link, patient],
    );
  }

  /** What was taken down for a void that is not done. */
  async letGo(tx: Tx, { link, patient }: Pick<Departure, 'link' | 'patient'>): Promise<void> {
    await tx.query(`delete from departure_record where link = $1 and patient = $2`, [link, patient]);
  }

  async isBack(tx: Tx, { link }: Pick<Departure, 'link'>, { aggregate, uuid }: RecordRef): Promise<void> {
    await tx.query(`delete from departure_record where link = $1 and aggregate = $2 and uuid = $3`, [link, aggregate, uuid]);
  }

  async forget(tx: Tx, link: LinkId, patient: Uuid): Promise<void> {
    await this.letGo(tx, { link, patient });
    await tx.query(`delete from departure where link = $1 and patient = $2`, [link, patient]);
  }

  /** Who left these links last first; those who are being brought back among them. */
  list(links: readonly LinkId[], limit: number): Promise<readonly Pick<Departure, 'link' | 'patient' | 'state' | 'reason' | 'since'>[]> {
    return this.database.query<Pick<Departure, 'link' | 'patient' | 'state' | 'reason' | 'since'> & Record<string, unknown>>(
      `select link, patient, state, reason, since from departure where link = any($1) order by since desc, id limit $2`,
      [links, limit],
    );
  }

  /** For whoever looks: how many patients of each link stand how. */
  async overview(): Promise<readonly DeparturesOnLink[]> {
    return this.database.query<DeparturesOnLink & Record<string, unknown>>(
      `select link, state, reason, count(*)::int as patients from departure group by link, state, reason order by link, state, reason`,
    );
  }
}

function say(
  tx: Tx,
  { link, patient, round }: { readonly link: LinkId; readonly patient: Uuid; readonly round: number },
  { id, child, state, reason }: { readonly id: string; readonly child: SiteId; readonly state: DepartureState; readonly reason: string | null },
): void {
  tx.say(DepartureMoved, id, { link, site: child, round, record: { aggregate: 'person', uuid: patient }, state, reason });
}
