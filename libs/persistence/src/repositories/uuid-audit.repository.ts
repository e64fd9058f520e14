import type { RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** An audit of a site's records that is under way. */
export interface UuidAudit {
  /** The record asked for last, in the order of `AgreementRepository.agreedAfter`; `null` at the beginning. */
  readonly after: RecordRef | null;
  /** How many records were asked for so far, and how many looks were opened for them. */
  readonly asked: number;
  readonly opened: number;
}

interface UuidAuditRow {
  after_aggregate: RecordRef['aggregate'] | null;
  after_uuid: string | null;
  asked: number;
  opened: number;
}

/** How far each site's records have been asked for. Written by the feed-watcher, position and looks in one transaction. */
export class UuidAuditRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the audit of a site for a while: the one under way where it stands, or a new one where the last began so many hours
   * ago, or there was none. `null` where none is due, and where another has it.
   */
  async take(site: SiteId, holder: string, everyHours: number, forSeconds: number): Promise<UuidAudit | null> {
    const [row] = await this.database.write<UuidAuditRow>(
      `insert into uuid_audit as audit (site, leased_by, leased_until) select id, $2, now() + make_interval(secs => $4) from site where id = $1
       on conflict (site) do update set
         begun_at = case when audit.finished_at is null then audit.begun_at else now() end,
         after_aggregate = case when audit.finished_at is null then audit.after_aggregate end,
         after_uuid = case when audit.finished_at is null then audit.after_uuid end,
         asked = case when audit.finished_at is null then audit.asked else 0 end,
         opened = case when audit.finished_at is null then audit.opened else 0 end,
         finished_at = null, leased_by = $2, leased_until = now() + make_interval(secs => $4)
       where (audit.leased_by = $2 or audit.leased_until is null or audit.leased_until < now())
         and (audit.finished_at is null or audit.begun_at <= now() - make_interval(hours => $3))
       returning after_aggregate, after_uuid, asked, opened`,
      [site, holder, everyHours, forSeconds],
    );
    if (row === undefined) return null;
    const { after_aggregate: aggregate, after_uuid: uuid, asked, opened } = row;
    return { after: aggregate === null || uuid === null ? null : { aggregate, uuid }, asked, opened };
  }

  /** Goes on behind these records, or ends the audit; false where the audit is another's by now, and then nothing of the transaction may stand. */
  async advance(
    tx: Tx,
    site: SiteId,
    holder: string,
    { records, opened, isEnd }: { readonly records: readonly RecordRef[]; readonly opened: number; readonly isEnd: boolean },
  ): Promise<boolean> {
    const last = records.at(-1);
    const rows = await tx.query(
      `update uuid_audit set after_aggregate = coalesce($3, after_aggregate), after_uuid = coalesce($4, after_uuid), asked = asked + $5, opened = opened + $6,
         finished_at = case when $7 then now() end
       where site = $1 and leased_by = $2 and leased_until > now() returning site`,
      [site, holder, last?.aggregate ?? null, last?.uuid ?? null, records.length, opened, isEnd],
    );
    return rows.length === 1;
  }
}
