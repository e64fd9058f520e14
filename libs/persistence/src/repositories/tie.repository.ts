import type { TyingCategory } from '@sync-hub/categories';
import type { RecordRef, SiteId, Tie, ToldTie, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** A patient whose ties of one category are listed. */
export interface Tied {
  readonly site: SiteId;
  readonly patient: Uuid;
  readonly category: TyingCategory;
}

interface TieRow {
  readonly patient: string | null;
  readonly tied_to: string | null;
  readonly is_ended: boolean;
}

/**
 * What ties patients to programs and places at a site. Written by fetch: at each look at a patient all of hers that a catchment goes by, and at each
 * look at a record that ties somebody that one. What was noted later than a list was begun is newer than it, and stays;
 * what tied another patient stays until its record is looked at, so that this one is looked at again too.
 */
export class TieRepository {
  constructor(private readonly database: Database) {}

  /** The ties of a patient, by category; a category that was never listed for her is not there. */
  async of(site: SiteId, patient: Uuid, categories: readonly TyingCategory[]): Promise<ReadonlyMap<TyingCategory, readonly Tie[]>> {
    if (categories.length === 0) return new Map();
    const rows = await this.database.query<TieRow & { readonly category: TyingCategory; readonly is_there: boolean }>(
      `select listed.aggregate as category, tie.uuid is not null as is_there, tied_to, is_ended from ties_listed as listed
       left join tie on (tie.site, tie.patient, tie.aggregate) = (listed.site, listed.patient, listed.aggregate)
       where listed.site = $1 and listed.patient = $2 and listed.aggregate = any($3)`,
      [site, patient, categories],
    );
    const ties = new Map<TyingCategory, Tie[]>();
    for (const { category, is_there: isThere, tied_to: to, is_ended: isEnded } of rows)
      ties.set(category, [...(ties.get(category) ?? []), ...(isThere ? [{ to, isEnded }] : [])]);
    return ties;
  }

  /** The moment from which a list is as new as what is noted; asked for before the site is. */
  async now(): Promise<Date> {
    const [row] = await this.database.query<{ now: Date }>(`select clock_timestamp() as now`);
    return row?.now ?? new Date(0);
  }

  /** All ties of a patient in that category, as the site told them since that moment; `null` where it did not tell, and they are known no more. */
  async list({ site, patient, category }: Tied, told: readonly ToldTie[] | null, since: Date): Promise<void> {
    if (told === null) {
      await this.database.write(`delete from ties_listed where site = $1 and patient = $2 and aggregate = $3`, [site, patient, category]);
      return;
    }
    await this.database.write(
      `with told as (select * from jsonb_to_recordset($4) as row (uuid text, "to" text, "isEnded" boolean)), gone as (
         delete from tie where site = $1 and patient = $2 and aggregate = $3 and noted_at < $5 and uuid not in (select uuid from told)
       ), listed as (
         insert into ties_listed (site, patient, aggregate) values ($1, $2, $3) on conflict do nothing
       )
       insert into tie (site, aggregate, uuid, patient, tied_to, is_ended, noted_at)
       select $1, $3, uuid, $2, "to", "isEnded", $5::timestamptz from told order by uuid
       on conflict (site, aggregate, uuid) do update
         set patient = excluded.patient, tied_to = excluded.tied_to, is_ended = excluded.is_ended, noted_at = excluded.noted_at
         where tie.noted_at < excluded.noted_at and (tie.patient is null or tie.patient = excluded.patient)`,
      [site, patient, category, JSON.stringify(told), since],
    );
  }

  /** The record was looked at, and ties that patient so; `null` for nobody, which is noted too: a list that is under way may still have it. Answers whom it may matter to. */
  async note(tx: Tx, site: SiteId, { aggregate, uuid }: RecordRef, tie: (Tie & { readonly patient: Uuid }) | null): Promise<readonly Uuid[]> {
    const key = [site, aggregate, uuid];
    const [before] = await tx.query<TieRow & Record<string, unknown>>(
      `insert into tie (site, aggregate, uuid, noted_at) values ($1, $2, $3, '-infinity')
       on conflict (site, aggregate, uuid) do update set noted_at = tie.noted_at returning patient, tied_to, is_ended`,
      key,
    );
    const isNews =
      before === undefined || (before.patient === null && tie !== null ? await this.isNews(tx, site, { aggregate, uuid }, tie) : differs(before, tie));
    await tx.query(`update tie set patient = $4, tied_to = $5, is_ended = $6, noted_at = clock_timestamp() where site = $1 and aggregate = $2 and uuid = $3`, [
      ...key,
      tie?.patient ?? null,
      tie?.to ?? null,
      tie?.isEnded ?? false,
    ]);
    return isNews ? [...new Set([before?.patient ?? [], tie?.patient ?? []].flat())] : [];
  }

  /** Nothing new is said of a patient who is known, and whom another record ties in the same way. */
  private async isNews(tx: Tx, site: SiteId, { aggregate, uuid }: RecordRef, { patient, to, isEnded }: Tie & { readonly patient: Uuid }): Promise<boolean> {
    const others = await tx.query(
      `select from tie join ties_listed using (site, patient, aggregate)
       where site = $1 and patient = $2 and aggregate = $3 and uuid <> $4 and tied_to is not distinct from $5 and is_ended = $6 limit 1`,
      [site, patient, aggregate, uuid, to, isEnded],
    );
    return others.length === 0;
  }
}

const differs = ({ patient, tied_to: to, is_ended: isEnded }: TieRow, tie: (Tie & { readonly patient: Uuid }) | null): boolean =>
  patient !== (tie?.patient ?? null) || to !== (tie?.to ?? null) || isEnded !== (tie?.isEnded ?? false);
