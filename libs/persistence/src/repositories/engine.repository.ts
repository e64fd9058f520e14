import type { LinkId } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** Which instance runs a link: exactly one. Written by the keeper of links in the feed-watcher. */
export class EngineRepository {
  constructor(private readonly database: Database) {}

  /** Claims or renews the link for this instance; false where another instance's claim still stands. */
  async claim(link: LinkId, instance: string, forSeconds: number): Promise<boolean> {
    const { result } = await this.database.transaction((tx) =>
      tx.query(
        `insert into link_engine as held (link, instance, claimed_until) values ($1, $2, now() + make_interval(secs => $3))
         on conflict (link) do update set instance = excluded.instance, claimed_until = excluded.claimed_until, refused_because = null
         where held.instance = excluded.instance or held.claimed_until < now() returning link`,
        [link, instance, forSeconds],
      ),
    );
    return result.length === 1;
  }

  /** Renews a claim that still stands; for a while in which the parent, whose setting nobody can write then, cannot be reached. */
  async renew(link: LinkId, instance: string, forSeconds: number): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(
        `update link_engine set claimed_until = now() + make_interval(secs => $3) where link = $1 and instance = $2 and claimed_until > now() and refused_because is null`,
        [link, instance, forSeconds],
      ),
    );
  }

  /** Notes that another engine has the link, for the console. */
  async refused(link: LinkId, instance: string, because: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(
        `insert into link_engine as held (link, instance, claimed_until, refused_because) values ($1, $2, now(), $3)
         on conflict (link) do update set refused_because = excluded.refused_because, claimed_until = case when held.instance = excluded.instance then now() else held.claimed_until end`,
        [link, instance, because],
      ),
    );
  }

  /** Links this instance holds now. */
  async heldBy(instance: string): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: string }>(`select link from link_engine where instance = $1 and claimed_until > now()`, [instance]);
    return new Set(rows.map((row) => row.link));
  }
}
