import type { LinkId, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** A cohort at a site. */
export interface CohortRef {
  readonly site: SiteId;
  readonly uuid: Uuid;
}

/** What came of reading a cohort. */
export interface CohortRead {
  readonly wasKnown: boolean;
  readonly isKnown: boolean;
}

/** Who is in the cohorts that catchments go by. Written by the fetcher, each time it has read one. */
export class CohortRepository {
  constructor(private readonly database: Database) {}

  /** Of each of the cohorts whether the patient is in it; one that is not known is not there. */
  async of(site: SiteId, patient: Uuid, cohorts: readonly Uuid[]): Promise<ReadonlyMap<Uuid, boolean>> {
    if (cohorts.length === 0) return new Map();
    const rows = await this.database.query<{ uuid: string; is_in: boolean }>(
      `select uuid, exists (select from cohort_member as member where (member.site, member.cohort, member.patient) = (cohort.site, cohort.uuid, $2)) as is_in
       from cohort where site = $1 and uuid = any($3) and is_known`,
      [site, patient, cohorts],
    );
    return new Map(rows.map(({ uuid, is_in: isIn }) => [uuid, isIn]));
  }

  /** Takes those of the cohorts that were not read for so long; nobody else takes them before the lease is over. */
  async take(site: SiteId, cohorts: readonly Uuid[], everySeconds: number, leaseSeconds: number): Promise<readonly Uuid[]> {
    const rows = await this.database.write<{ uuid: string }>(
      `insert into cohort (site, uuid, reading_until) select $1, uuid, now() + make_interval(secs => $4) from unnest($2::text[]) as uuid order by uuid
       on conflict (site, uuid) do update set reading_until = excluded.reading_until
         where (cohort.reading_until is null or cohort.reading_until < now()) and (cohort.read_at is null or cohort.read_at < now() - make_interval(secs => $3))
       returning uuid`,
      [site, cohorts, everySeconds, leaseSeconds],
    );
    return rows.map(({ uuid }) => uuid);
  }

  /**
   * The cohort was read: these are in it, or nobody can tell (`null`). Whoever came or went is to be looked at on links that go by it; where it became
   * known, or is known no more, everybody.
   */
  async note(tx: Tx, { site, uuid }: CohortRef, members: readonly Uuid[] | null, links: readonly LinkId[]): Promise<CohortRead> {
    const [before] = await tx.query<{ is_known: boolean }>(`select is_known from cohort where site = $1 and uuid = $2 for update`, [site, uuid]);
    const wasKnown = before?.is_known === true;
    await tx.query(
      `with told as (select distinct patient from unnest($3::text[]) as patient), gone as (
         delete from cohort_member where site = $1 and cohort = $2 and patient not in (select patient from told) returning patient
       ), come as (
         insert into cohort_member (site, cohort, patient) select $1, $2, patient from told order by patient on conflict do nothing returning patient
       )
       insert into route_to_look_at (link, direction, aggregate, uuid)
       select link, 'pull', 'person', patient from unnest($4::text[]) as link cross join (select patient from gone union select patient from come) as moved
       order by link, patient on conflict do nothing`,
      [site, uuid, members ?? [], links],
    );
    await tx.query(`update cohort set is_known = $3, read_at = now(), reading_until = null where site = $1 and uuid = $2`, [site, uuid, members !== null]);
    if (wasKnown !== (members !== null)) await tx.query(`delete from route_listed where link = any($1) and direction = 'pull'`, [links]);
    return { wasKnown, isKnown: members !== null };
  }
}
