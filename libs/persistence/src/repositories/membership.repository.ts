import type { LinkId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** Does the child of a link hold a patient of its parent's? */
export interface Membership {
  readonly link: LinkId;
  readonly patient: Uuid;
  readonly isMember: boolean;
}

/** A member whose history has not been looked at whole. */
export interface Unlisted {
  readonly link: LinkId;
  readonly patient: Uuid;
}

/**
 * Which patients each child holds. Written by fetch, at each look at a patient at her parent, before anything of her history is listed;
 * the lister notes which categories of it were. A patient who comes back is listed anew.
 */
export class MembershipRepository {
  constructor(private readonly database: Database) {}

  /** A patient who is no member is noted only where she was one. */
  async keep(tx: Tx, memberships: readonly Membership[]): Promise<void> {
    if (memberships.length === 0) return;
    await tx.query(
      `with row as (select * from jsonb_to_recordset($1) as row (link text, patient text, "isMember" boolean)), left_ as (
         update membership set is_member = false, listed = '{}', changed_at = now() from row
         where membership.link = row.link and membership.patient = row.patient and not row."isMember" and membership.is_member
       )
       insert into membership (link, patient, is_member) select link, patient, true from row where "isMember" order by link, patient
       on conflict (link, patient) do update set is_member = true, changed_at = now() where not membership.is_member`,
      [JSON.stringify(memberships)],
    );
  }

  /** Those of the links whose child holds one of the patients. */
  async linksOf(links: readonly LinkId[], patients: readonly Uuid[]): Promise<ReadonlySet<LinkId>> {
    if (patients.length === 0) return new Set();
    const rows = await this.database.query<{ link: string }>(`select link from membership where link = any($1) and patient = any($2) and is_member`, [
      links,
      patients,
    ]);
    return new Set(rows.map(({ link }) => link));
  }

  /** Those of the patients whom each of the links' children holds. */
  async heldOn(links: readonly LinkId[], patients: readonly Uuid[]): Promise<ReadonlyMap<LinkId, ReadonlySet<Uuid>>> {
    if (patients.length === 0) return new Map();
    const rows = await this.database.query<{ link: string; patient: string }>(
      `select link, patient from membership where link = any($1) and patient = any($2) and is_member`,
      [links, patients],
    );
    return new Map(links.map((link) => [link, new Set(rows.filter((row) => row.link === link).map(({ patient }) => patient))]));
  }

  /** Another text whenever the child of the link holds others. */
  async fingerprintOf(link: LinkId): Promise<string> {
    const [row] = await this.database.query<{ held: string | null }>(
      `select md5(string_agg(patient, ' ' order by patient)) as held from membership where link = $1 and is_member`,
      [link],
    );
    return row?.held ?? '';
  }

  /** Takes members of the link whose history of these categories was not listed whole; nobody else takes them before the lease is over. */
  async takeUnlisted(link: LinkId, categories: readonly string[], leaseSeconds: number, limit: number): Promise<readonly Unlisted[]> {
    return this.database.write<Unlisted>(
      `update membership set listing_until = now() + make_interval(secs => $3) where (link, patient) in (
         select link, patient from membership where link = $1 and is_member and not listed @> $2 and (listing_until is null or listing_until < now())
         order by changed_at limit $4 for update skip locked)
       returning link, patient`,
      [link, categories, leaseSeconds, limit],
    );
  }

  /** The history of a member is to be looked at once more. */
  async listAnew(tx: Tx, link: LinkId, patient: Uuid): Promise<void> {
    await tx.query(`update membership set listed = '{}', listing_until = null, changed_at = now() where link = $1 and patient = $2`, [link, patient]);
  }

  /** All of these categories that hangs on the patient has been told of. */
  async listed(tx: Tx, { link, patient }: Unlisted, categories: readonly string[]): Promise<void> {
    await tx.query(`update membership set listed = $3, listing_until = null where link = $1 and patient = $2 and is_member`, [link, patient, categories]);
  }
}
