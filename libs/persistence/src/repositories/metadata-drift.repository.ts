import type { MetadataDrift } from '@sync-hub/categories';
import type { LinkId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** What one piece of metadata differs in between the ends of a link. Uuids and names of fields; what it is called stays at its site. */
export type StoredDrift = Omit<MetadataDrift, 'name'>;

/** What came of comparing the ends of a link. */
export interface Compared {
  readonly drifts: readonly StoredDrift[];
  /** Kinds that could not be compared, with why: `role: not-allowed`. */
  readonly notCompared: readonly string[];
}

/** A drift as it is shown: with how many records are held for want of it. */
export interface ShownDrift extends StoredDrift {
  readonly heldFor: number;
}

/** What is shown of a link. */
export interface ShownComparison {
  /** `null` until its ends were compared. */
  readonly comparedAt: Date | null;
  readonly notCompared: readonly string[];
  readonly drifts: readonly ShownDrift[];
}

/** What is shown of a link whose ends were never compared. */
export const NOT_COMPARED: ShownComparison = { comparedAt: null, notCompared: [], drifts: [] };

const MOST_SHOWN = 500;

/** Which metadata the ends of each link differ in, as they were last compared. Written by the feed-watcher, and by a person at the command line. */
export class MetadataDriftRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the comparison of a link for a while, where none has ended that began so lately and went by the same rules. False where none is due, and where
   * another has it.
   */
  async take(
    link: LinkId,
    holder: string,
    { digest, everyHours, forSeconds }: { readonly digest: string; readonly everyHours: number; readonly forSeconds: number },
  ): Promise<boolean> {
    const rows = await this.database.write(
      `insert into metadata_comparison as known (link, digest, leased_by, leased_until) values ($1, $2, $3, now() + make_interval(secs => $5))
       on conflict (link) do update set begun_at = now(), awaits = null, digest = excluded.digest, leased_by = excluded.leased_by, leased_until = excluded.leased_until
       where (known.leased_until is null or known.leased_until < now())
         and (known.finished_at is null or known.finished_at < known.begun_at or known.digest <> excluded.digest or known.begun_at <= now() - make_interval(hours => $4))
       returning link`,
      [link, digest, holder, everyHours, forSeconds],
    );
    return rows.length === 1;
  }

  /** Of these links those whose ends were never compared: data waits there. */
  async neverCompared(links: readonly LinkId[]): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: LinkId }>(
      `select link from unnest($1::text[]) as asked (link) left join metadata_comparison using (link) where finished_at is null`,
      [links],
    );
    return new Set(rows.map(({ link }) => link));
  }

  /** Notes that the ends of a link wait to be compared, and why they cannot be now: what is to be written on it is put off for longer. */
  async waits(link: LinkId, digest: string, awaits: 'site-down' | 'site-rests'): Promise<void> {
    await this.database.write(
      `insert into metadata_comparison as known (link, digest, awaits) values ($1, $2, $3)
       on conflict (link) do update set awaits = excluded.awaits where known.finished_at is null and known.awaits is distinct from excluded.awaits`,
      [link, digest, awaits],
    );
  }

  /** Keeps a comparison that is under way from being taken over. */
  async renew(link: LinkId, holder: string, forSeconds: number): Promise<void> {
    await this.database.write(`update metadata_comparison set leased_until = now() + make_interval(secs => $3) where link = $1 and leased_by = $2`, [
      link,
      holder,
      forSeconds,
    ]);
  }

  /** What was found takes the place of what was found before. */
  async keep(tx: Tx, link: LinkId, digest: string, { drifts, notCompared }: Compared): Promise<void> {
    await tx.query(
      `insert into metadata_comparison (link, digest, finished_at, not_compared) values ($1, $2, now(), $3)
       on conflict (link) do update set digest = excluded.digest, begun_at = now(), finished_at = now(), not_compared = excluded.not_compared, leased_by = null, leased_until = null`,
      [link, digest, notCompared],
    );
    await tx.query(`delete from metadata_drift where link = $1`, [link]);
    await tx.query(
      `insert into metadata_drift (link, kind, uuid, found, other_uuid, paired_by, fields)
       select $1, kind, uuid, found, "otherUuid", by, fields from jsonb_to_recordset($2) as row (kind text, uuid text, found text, "otherUuid" text, by text, fields text[])
       order by kind, uuid on conflict do nothing`,
      [link, JSON.stringify(drifts)],
    );
  }

  /** The comparison could not be done: it is due again. */
  async handBack(link: LinkId, holder: string): Promise<void> {
    await this.database.write(`update metadata_comparison set leased_by = null, leased_until = null where link = $1 and leased_by = $2`, [link, holder]);
  }

  /** When each link was last compared, and what was found; what is missing and was never compared is shown all the same where a record is held for want of it. */
  async shown(links: readonly LinkId[]): Promise<ReadonlyMap<LinkId, ShownComparison>> {
    const [compared, drifts] = await Promise.all([
      this.database.query<{ link: LinkId; comparedAt: Date | null; notCompared: string[] }>(
        `select link, finished_at as "comparedAt", not_compared as "notCompared" from metadata_comparison where link = any($1)`,
        [links],
      ),
      this.database.query<ShownDrift & { readonly link: LinkId } & Record<string, unknown>>(
        `with held as (
           select job.link, waiter.resource as kind, coalesce(pair.uuid, waiter.uuid) as uuid,
             case job.direction when 'pull' then 'missing-at-child' else 'missing-at-parent' end as found, count(*)::int as jobs
           from waiter join job on job.id = waiter.job_id
             left join metadata_drift as pair on pair.link = job.link and pair.kind = waiter.resource and pair.other_uuid = waiter.uuid and job.direction = 'push'
           where job.state = 'parked' and job.reason = 'unmapped' and waiter.aggregate is null and job.link = any($1)
           group by 1, 2, 3, 4)
         select link, kind, uuid, coalesce(drift.found, held.found) as found, drift.other_uuid as "otherUuid", drift.paired_by as by,
           coalesce(drift.fields, '{}') as fields, coalesce(held.jobs, 0) as "heldFor"
         from (select * from metadata_drift where link = any($1)) as drift full join held using (link, kind, uuid)
         order by "heldFor" desc, link, kind, uuid limit ${MOST_SHOWN}`,
        [links],
      ),
    ]);
    return new Map(
      links.map((link) => {
        const { comparedAt, notCompared } = compared.find((one) => one.link === link) ?? NOT_COMPARED;
        return [link, { comparedAt, notCompared, drifts: drifts.flatMap(({ link: of, ...drift }) => (of === link ? [drift] : [])) }];
      }),
    );
  }
}
