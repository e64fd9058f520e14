import type { LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository } from './change.repository.js';

/** A link with the sites at its ends. */
export interface EndsOfLink {
  readonly link: LinkId;
  readonly sites: readonly SiteId[];
}

/**
 * Forgets all that the hub believes its sites to hold, for when that can no longer be believed (a restored backup of the hub) or no longer be read
 * (a lost key). Written by people alone, while the hub is stopped.
 */
export class FirstContactRepository {
  constructor(private readonly changes: ChangeRepository) {}

  /**
   * Agreements, jobs, conflicts, decisions, snapshots and what was under way are gone; aliases, memberships, markers, generations and the audit stay. Every
   * record that was known at one of their ends, what was turned away included, is looked at anew at both its ends, as if they had never met. Answers with how many records.
   */
  async everywhere(tx: Tx, ends: readonly EndsOfLink[]): Promise<number> {
    const known = await tx.query<RecordRef & { readonly site: SiteId }>(
      `with ends as (select link, site from jsonb_to_recordset($1) as ends (link text, site text))
       select site, aggregate, uuid from agreement join ends using (link)
       union select site, aggregate, uuid from job join ends using (link) where job.state <> 'ended'
       union select site, aggregate, uuid from change where site in (select site from ends)
       order by 1, 2, 3`,
      [JSON.stringify(ends.flatMap(({ link, sites }) => sites.map((site) => ({ link, site }))))],
    );
    await tx.query(
      `truncate table intent, waiter, conflict_note, conflict_answer, conflict, decision, job, agreement, snapshot, change, outbox, inbox, claim, uuid_audit, link_void, metadata_pull, metadata_comparison, metadata_drift, manual_run, manual_run_patient, manual_run_record`,
    );
    await this.changes.open(
      tx,
      known.map(({ site, aggregate, uuid }) => ({ site, record: { aggregate, uuid }, forced: true })),
    );
    return new Set(known.map(({ aggregate, uuid }) => `${aggregate}/${uuid}`)).size;
  }
}
