import type { Direction, LinkId } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';

/** So many of our last claims are known again at the parent, however late they land there. */
const CLAIMS = 5;

/** `joining`: not claimed yet, and nobody is known to be in the way. `elsewhere`: refused, because another engine runs it. */
export type EngineStanding = 'here' | 'joining' | 'elsewhere';

/** How a link stands to the first comparison of its ends' metadata. `comparing`: it is about to end, or to begin; `uncompared`: it could not be done so far. */
export type ComparisonStanding = 'compared' | 'comparing' | 'uncompared';

/** Whether a push may write on its link, and what is in its way. */
export type PushStanding = EngineStanding | 'braked' | 'paused' | 'draining' | 'behind' | Exclude<ComparisonStanding, 'compared'>;

/** Data goes without a first comparison that has failed for so long though both ends answer. */
const UNCOMPARED_MINUTES = 15;
/** The same where one end always rests while the other does not: the windows of the two have been tried all round the day. */
const RESTS_HOURS = 24;

/** What is to be pushed: on what direction, and when it was first noticed. */
export interface ToPush {
  readonly direction: Direction;
  readonly openedAt: Date;
}

type Pauses = Readonly<Partial<Record<Direction, { readonly how: 'pause' | 'drain'; readonly since: number }>>>;

interface EngineRow {
  readonly link: LinkId;
  /** `null` where no instance has claimed the link. */
  readonly instance: string | null;
  readonly holds: boolean;
  readonly refused_because: string | null;
  readonly braked: boolean;
  /** Which directions a person has paused or lets run dry, since so many milliseconds; `null` for none. */
  readonly pauses: Pauses | null;
  /** What the writes of the link go by, as whoever took another configuration last has noted; `null` where nobody has. */
  readonly writes_by: string | null;
  readonly comparison: ComparisonStanding;
}

/** Which instance runs a link: exactly one. Written by the keeper of links in the feed-watcher. */
export class EngineRepository {
  private readonly engines = new Gathering(
    (link: LinkId) => link,
    async (links: readonly LinkId[]) => {
      const sql = `select link, instance, coalesce(claimed_until > now(), false) as holds, refused_because,
          exists (select 1 from link_brake where link_brake.link = asked.link and braked_at is not null) as braked,
          (select jsonb_object_agg(direction, jsonb_build_object('how', how, 'since', extract(epoch from since) * 1000)) from link_pause where link_pause.link = asked.link) as pauses,
          (select writes_by from route_rules where route_rules.link = asked.link order by noted_at desc limit 1) as writes_by,
          case when finished_at is not null then 'compared'
            when exists (select 1 from failing_work where work = 'compare-metadata' and place = asked.link and since < now() - interval '${UNCOMPARED_MINUTES} minutes') then 'compared'
            when awaits = 'site-rests' and begun_at < now() - interval '${RESTS_HOURS} hours' then 'compared'
            when comparison.link is null or leased_until > now() then 'comparing' else 'uncompared' end as comparison
        from unnest($1::text[]) as asked (link) left join link_engine using (link) left join metadata_comparison as comparison using (link)`;
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

  /**
   * As `standing`, and whether a brake pauses the link, another process has noted since what `writesBy` does not know, or the metadata of its ends
   * is yet to be compared: what a push asks before it does anything. `writesBy` is `null` for a process that has noted nothing of the link.
   */
  async standingForPush(link: LinkId, instance: string, toPush: ToPush, writesBy: string | null = null): Promise<PushStanding> {
    const row = await this.engines.ask(link);
    if (row?.braked === true) return 'braked';
    const stopped = stoppedBy(row, toPush);
    if (stopped !== null) return stopped;
    if (writesBy !== null && row !== undefined && row.instance !== null && row.writes_by !== writesBy) return 'behind';
    const standing = standingOf(row, instance);
    return standing === 'here' ? awaited(row) : standing;
  }

  /** Of a link on which nothing is written: only whether a person has paused it, and whether its ends are yet to be compared. */
  async standingForLook(link: LinkId, toPush: ToPush): Promise<'here' | 'paused' | 'draining' | Exclude<ComparisonStanding, 'compared'>> {
    const row = await this.engines.ask(link);
    return stoppedBy(row, toPush) ?? awaited(row);
  }

  async standing(link: LinkId, instance: string): Promise<EngineStanding> {
    return standingOf(await this.engines.ask(link), instance);
  }
}

/** One that runs dry lets through what was noticed before it was told to. */
function stoppedBy(row: EngineRow | undefined, { direction, openedAt }: ToPush): 'paused' | 'draining' | null {
  const pause = row?.pauses?.[direction];
  if (pause === undefined) return null;
  if (pause.how === 'pause') return 'paused';
  return openedAt.getTime() <= pause.since ? null : 'draining';
}

const awaited = (row: EngineRow | undefined) => (row === undefined || row.comparison === 'compared' ? 'here' : row.comparison);

function standingOf(row: EngineRow | undefined, instance: string): EngineStanding {
  if (row === undefined || row.instance === null) return 'joining';
  if (row.holds) return row.instance === instance ? 'here' : 'elsewhere';
  return row.refused_because === null ? 'joining' : 'elsewhere';
}
