import { type Database, openDatabase } from '@sync-hub/persistence';

/** How a job ended, or why it is held; told anew when that changes. */
export interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly uuid: string;
  readonly source: string;
  readonly target: string;
  readonly state: 'ended' | 'waiting' | 'conflict' | 'parked';
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly openedAt: Date;
  readonly at: Date;
}

/** A job or a change that goes no further by itself. */
export interface Held {
  readonly what: string;
  readonly why: string;
}

/** What moves, as the hub's own tables tell. */
export interface Movement {
  readonly changes: number;
  readonly jobs: number;
  readonly messages: number;
  /** When the feed that was read longest ago was read; null while one has never been. */
  readonly feedsReadAt: Date | null;
  /** Of the database, by which `feedsReadAt` is told. */
  readonly now: Date;
}

const HELD = `('waiting', 'conflict', 'parked')`;
/** A transaction that committed late shows behind others; so far back we look again. */
const LOOK_BACK_SECONDS = 30;

/** Reads the hub's tables from outside, in whichever shape it runs: ids, states and times. */
export class HubWatch {
  private readonly told = new Map<string, number>();

  private constructor(private readonly database: Database) {}

  static async open(url: string): Promise<HubWatch> {
    return new HubWatch(await openDatabase(url, 2));
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** What has ended or been held since it was asked last, oldest first. */
  async news(): Promise<Delivery[]> {
    const rows = await this.database.query<Delivery>(
      `select id, category as kind, uuid, source, target, state, outcome, reason, opened_at as "openedAt", coalesce(ended_at, held_at) as at
       from job where coalesce(ended_at, held_at) > now() - make_interval(secs => $1) order by at, id`,
      [LOOK_BACK_SECONDS],
    );
    const news = rows.filter(({ id, state, at }) => this.told.get(`${id} ${state}`) !== at.getTime());
    for (const [key, at] of this.told) if (Date.now() - at > 10 * LOOK_BACK_SECONDS * 1000) this.told.delete(key);
    for (const { id, state, at } of news) this.told.set(`${id} ${state}`, at.getTime());
    return news;
  }

  async movement(): Promise<Movement> {
    const [row] = await this.database.query<Movement>(
      `select (select count(*) from change where state = 'open')::int as changes,
         (select count(*) from job where state in ('ready', 'looking'))::int as jobs,
         (select count(*) from outbox where exists (
            select 1 from unnest(consumers) as consumer (stage) left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage where settled_at is null))::int as messages,
         (select case when count(*) = 0 or count(*) > count(read_at) then null else min(read_at) end from feed_marker) as "feedsReadAt",
         now() as now`,
    );
    if (row === undefined) throw new Error('the database answers nothing');
    return row;
  }

  /** What is held or open: nothing, where all has gone on by itself and the hub is at rest. */
  held(): Promise<Held[]> {
    return this.database.query<Held>(
      `select category || ' ' || uuid || ' from ' || source || ' to ' || target as what, case when state in ${HELD} then coalesce(reason, state) || coalesce(' (' || code || ')', '') else 'still on its way' end as why
       from job where state <> 'ended'
       union all
       select aggregate || ' ' || uuid || ' noticed at ' || site, case state when 'parked' then coalesce(reason, state) || coalesce(' (' || code || ')', '') else 'not looked at yet' end from change where state <> 'ended'
       order by what`,
    );
  }

  async heldCount(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `select ((select count(*) from job where state in ${HELD}) + (select count(*) from change where state = 'parked'))::int as count`,
    );
    return row?.count ?? 0;
  }

  async pushes(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(`select count(*)::int as count from job where outcome = 'pushed'`);
    return row?.count ?? 0;
  }
}
