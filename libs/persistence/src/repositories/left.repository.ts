import { type LinkId, RecordMapped, type RecordRef, type SiteId, STAGE_NAMES, STAGES } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Job, type JobRow, jobOf } from './job-row.js';

/** An open change of a site that takes part no more. */
export interface LeftChange {
  readonly id: string;
  readonly site: SiteId;
  readonly record: RecordRef;
}

const SITE_FACING = STAGE_NAMES.filter((name) => STAGES[name].queuePer === 'site');

/** What some process has in hand is left to it: it ends by itself. */
const IN_HAND = (message: string): string => `exists (select from claim where starts_with(claim.message_id, ${message}) and claim.until > now())`;

/** Links and sites that were taken out of the configuration, and what was open there. Written as a process takes another configuration, and by the leaver in the feed-watcher. */
export class LeftRepository {
  /** These are all the links there are. Those that were there before have been left; one that is back has not. */
  async note(tx: Tx, links: readonly LinkId[]): Promise<void> {
    await tx.query(`delete from left_link where link = any($1)`, [links]);
    await tx.query(
      `insert into left_link (link) select link from (select link from route_rules union select link from job where state <> 'ended') as known
       where not link = any($1) order by link on conflict do nothing`,
      [links],
    );
  }

  /** Open jobs of links that were left so long ago, whatever holds them. */
  async openJobs(tx: Tx, afterSeconds: number, limit: number): Promise<readonly Job[]> {
    const rows = await tx.query<JobRow>(
      `select job.* from job join left_link using (link)
       where state <> 'ended' and left_at <= now() - make_interval(secs => $1) and not ${IN_HAND(`$2 || ':' || job.id || ':'`)} order by job.id limit $3`,
      [afterSeconds, RecordMapped.name, limit],
    );
    return rows.map(jobOf);
  }

  /** A job of the link ended because of it. */
  async countEnded(tx: Tx, link: LinkId): Promise<void> {
    await tx.query(`update left_link set ended = ended + 1 where link = $1`, [link]);
  }

  /** Open changes of sites that were left so long ago. */
  async openChanges(tx: Tx, afterSeconds: number, limit: number): Promise<readonly LeftChange[]> {
    const rows = await tx.query<{ id: string; site: string; aggregate: RecordRef['aggregate']; uuid: string }>(
      `select change.id, site, aggregate, uuid from change join site on site.id = change.site
       where change.state <> 'ended' and left_at <= now() - make_interval(secs => $1) order by change.id limit $2`,
      [afterSeconds, limit],
    );
    return rows.map(({ id, site, ...record }) => ({ id, site, record }));
  }

  /** Messages to sites that were left so long ago are done with: what they were about has ended, or begins anew if the site comes back. */
  async settleMessages(tx: Tx, afterSeconds: number): Promise<void> {
    await tx.query(
      `insert into inbox as row (stage, message_id, settled_at)
       select consumer.stage, message_id, now() from outbox join site on site.id = outbox.site cross join unnest(consumers) as consumer (stage)
       where left_at <= now() - make_interval(secs => $1) and consumer.stage = any($2) and not ${IN_HAND('outbox.message_id')} order by 2, 1
       on conflict (message_id, stage) do update set settled_at = now() where row.settled_at is null`,
      [afterSeconds, SITE_FACING],
    );
  }

  /** Nobody is held to be at the child of a link that was left: if it comes back, whoever is admitted then comes with the history of meanwhile. */
  async endMemberships(tx: Tx, afterSeconds: number): Promise<void> {
    await tx.query(
      `update membership set is_member = false, listed = '{}', changed_at = now() from left_link
       where left_link.link = membership.link and left_at <= now() - make_interval(secs => $1) and is_member`,
      [afterSeconds],
    );
  }

  /** What was compared of a link that was left may be otherwise when it comes back: data waits again for the comparison. */
  async forgetComparisons(tx: Tx, afterSeconds: number): Promise<void> {
    await tx.query(
      `delete from metadata_comparison using left_link where left_link.link = metadata_comparison.link and left_at <= now() - make_interval(secs => $1)`,
      [afterSeconds],
    );
  }
}
