import type { LinkId } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';

/** So many of our last claims are known again at the parent, however late they land there. */
const CLAIMS = 5;

/** `joining`: not claimed yet, and nobody is known to be in the way. `elsewhere`: refused, because another engine runs it. */
export type EngineStanding = 'here' | 'joining' | 'elsewhere';

interface EngineRow {
  readonly link: LinkId;
  readonly instance: string;
  readonly holds: boolean;
  readonly refused_because: string | null;
  readonly braked: boolean;
}

/** Which instance runs a link: exactly one. Written by the keeper of links in the feed-watcher. */
export class EngineRepository {
  private readonly engines = new Gathering(
    (link: LinkId) => link,
    async (links: readonly LinkId[]) => {
      const sql = `select link, instance, claimed_until > now() as holds, refused_because,
          exists (select 1 from link_brake where link_brake.link = link_engine.link and braked_at is not null) as braked
        from link_engine where link = any($1)`;
      return new Map((await this.database.query<EngineRow>(sql, [links])).map((row) => [row.link, row]));
    },
  );

  constructor(private readonly database: Database) {}

  /** Claims or renews the link for this instance; false where another instance's claim still stands. */
  async claim(link: LinkId, instance: string, forSeconds: number): Promise<boolean> {
    const rows = await this.database.write(
      `insert into link_engine as held (link, instance, claimed_until) values ($1, $2, now() + make_interval(secs => $3))
       on conflict (link) do update set instance = excluded.instance, claimed_until = excluded.claimed_until, refused_because = null
       where held.instance = excluded.instance or held.claimed_until < now() returning link`,
      [link, instance, forSeconds],
    );
    return rows.length === 1;
  }

  /** Renews a claim that still stands; for a while in which the parent, whose setting nobody can write then, cannot be reached. */
  async renew(link: LinkId, instance: string, forSeconds: number): Promise<void> {
    await this.database.write(
      `update link_engine set claimed_until = now() + make_interval(secs => $3) where link = $1 and instance = $2 and claimed_until > now() and refused_because is null`,
      [link, instance, forSeconds],
    );
  }

  /** Notes that another engine has the link, for the console. */
  async refused(link: LinkId, instance: string, because: string): Promise<void> {
    await this.database.write(
      `insert into link_engine as held (link, instance, claimed_until, refused_because) values ($1, $2, now(), $3)
       on conflict (link) do update set refused_because = excluded.refused_because, claimed_until = case when held.instance = excluded.instance then now() else held.claimed_until end`,
      [link, instance, because],
    );
  }

  /** Notes what is about to be written to the parent, so that it is known again there. */
  async note(link: LinkId, instance: string, claim: string): Promise<void> {
    await this.database.write(
      `insert into link_engine as held (link, instance, claimed_until, claims) values ($1, $2, now(), array[$3::text])
       on conflict (link) do update set claims = (held.claims || excluded.claims)[greatest(1, cardinality(held.claims) + 2 - $4):]`,
      [link, instance, claim, CLAIMS],
    );
  }

  /** The claims that were noted last, the newest at the end. */
  async noted(link: LinkId): Promise<readonly string[]> {
    const [row] = await this.database.query<{ claims: string[] }>(`select claims from link_engine where link = $1`, [link]);
    return row?.claims ?? [];
  }

  /** As `standing`, and whether a brake pauses the link: what a push asks before it does anything. */
  async standingForPush(link: LinkId, instance: string): Promise<EngineStanding | 'braked'> {
    const row = await this.engines.ask(link);
    return row?.braked === true ? 'braked' : standingOf(row, instance);
  }

  async standing(link: LinkId, instance: string): Promise<EngineStanding> {
    return standingOf(await this.engines.ask(link), instance);
  }
}

function standingOf(row: EngineRow | undefined, instance: string): EngineStanding {
  if (row === undefined) return 'joining';
  if (row.holds) return row.instance === instance ? 'here' : 'elsewhere';
  return row.refused_because === null ? 'joining' : 'elsewhere';
}
