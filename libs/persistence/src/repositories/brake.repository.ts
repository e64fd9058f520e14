import { type Aggregate, LinkBraked, type LinkId, LinkReleased, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';

/** A record that a job is about to void on a link. */
export interface VoidToCount {
  readonly link: LinkId;
  readonly jobId: string;
  readonly aggregate: Aggregate;
  /** When the job was opened: what was open when a person released the link has been looked at. */
  readonly openedAt: Date;
}

/** What was voided on a link since it was last released, the one asked for among it. */
export interface VoidsOnLink {
  readonly lastHour: number;
  /** Of the same kind of record. */
  readonly lastDayOfKind: number;
  /** Records of that kind that the link has agreed on. */
  readonly agreedOfKind: number;
}

/** Brakes of links, and the voids they count. Written by push, just before a void is written, and by people, who release. */
export class BrakeRepository {
  /**
   * Counts one more void, once for each job, under the link's own lock, so that no two take the last place. `braked`: the link is paused
   * already; `looked-at`: a person has released the link since the job was opened, and it is not counted.
   */
  async count(tx: Tx, { link, jobId, aggregate, openedAt }: VoidToCount): Promise<VoidsOnLink | 'braked' | 'looked-at'> {
    await tx.query(`insert into link_brake (link) values ($1) on conflict do nothing`, [link]);
    const [brake] = await tx.query<{ braked_at: Date | null; released_at: Date | null }>(
      `select braked_at, released_at from link_brake where link = $1 for update`,
      [link],
    );
    if (brake?.braked_at) return 'braked';
    if (brake?.released_at && brake.released_at >= openedAt) return 'looked-at';
    await tx.query(`insert into link_void (link, job_id, aggregate) values ($1, $2, $3) on conflict do nothing`, [link, jobId, aggregate]);
    const [counts] = await tx.query<VoidsOnLink>(
      `select count(*) filter (where voided_at > now() - interval '1 hour')::int as "lastHour",
         count(*) filter (where aggregate = $2 and voided_at > now() - interval '1 day')::int as "lastDayOfKind",
         (select count(*)::int from agreement where agreement.link = $1 and agreement.aggregate = $2) as "agreedOfKind"
       from link_void where link = $1 and voided_at > coalesce($3::timestamptz, '-infinity')`,
      [link, aggregate, brake?.released_at ?? null],
    );
    return counts ?? { lastHour: 0, lastDayOfKind: 0, agreedOfKind: 0 };
  }

  /** Pauses the link; the void that was one too many has not been done and is not counted. */
  async brake(tx: Tx, { link, jobId, aggregate }: VoidToCount, site: SiteId, because: { readonly reason: string; readonly voids: number }): Promise<void> {
    await tx.query(`delete from link_void where link = $1 and job_id = $2`, [link, jobId]);
    const [row] = await tx.query<{ times: number }>(
      `update link_brake set braked_at = now(), reason = $2, category = $3, voids = $4, times = times + 1 where link = $1 returning times`,
      [link, because.reason, aggregate, because.voids],
    );
    tx.say(LinkBraked, link, { link, site, round: row?.times ?? 1, reason: because.reason, category: aggregate, voids: because.voids });
  }

  /** A person has looked: what waits goes on, and the count begins anew. False where the link was not paused. */
  async release(tx: Tx, link: LinkId, site: SiteId, by: string): Promise<boolean> {
    const [row] = await tx.query<{ times: number }>(
      `update link_brake set braked_at = null, reason = null, category = null, voids = null, released_at = now(), released_by = $2
       where link = $1 and braked_at is not null returning times`,
      [link, by],
    );
    if (row === undefined) return false;
    tx.say(LinkReleased, link, { link, site, round: row.times, by });
    return true;
  }

  /** Forgets voids that count no more. */
  async tidy(tx: Tx): Promise<void> {
    await tx.query(`delete from link_void where voided_at < now() - interval '2 days'`);
  }
}
