import type { SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** A process of the hub, and the configuration that it goes by. */
export interface RunningProcess {
  readonly id: string;
  readonly services: readonly string[];
  /** A keyed digest of configuration and secrets: the same for whoever goes by the same. */
  readonly settings: string;
}

/** A process that has not been seen for so long has ended, or can no longer reach the database, and so can write nothing. */
const GONE_SECONDS = 60;
const LIVE = `seen_at > now() - make_interval(secs => ${GONE_SECONDS})`;

/** So many mistakes of a configuration are kept to be shown. */
const MOST_PROBLEMS = 20;

/** Which processes of the hub run, and by which configuration each goes. Every process writes its own row. */
export class RunningProcessRepository {
  constructor(private readonly database: Database) {}

  /** The process goes by these settings from now on. Who `isAlone` knows that every other row is left over. */
  async goesBy(tx: Tx, { id, services, settings }: RunningProcess, isAlone: boolean): Promise<void> {
    await tx.query(`delete from running_process where id <> $1 and ($2 or seen_at < now() - interval '1 day')`, [id, isAlone]);
    await tx.query(
      `insert into running_process as mine (id, services, settings) values ($1, $2, $3)
       on conflict (id) do update set settings = excluded.settings, seen_at = now(), refused_code = null, refused_because = '{}', refused_at = null,
         adopted_at = case when mine.settings = excluded.settings then mine.adopted_at else now() end`,
      [id, services, settings],
    );
  }

  /** It still runs. */
  async isThere(id: string): Promise<void> {
    await this.database.write(`update running_process set seen_at = now() where id = $1`, [id]);
  }

  /** It was given other settings that it cannot take, and why; it goes by those it had. `null` where what it is given can be taken again. */
  async refuses(id: string, error: Pick<SyncError, 'code' | 'message'> | null): Promise<void> {
    await this.database.write(
      `update running_process set refused_code = $2, refused_because = $3, refused_at = case when $2::text is null then null else now() end where id = $1`,
      [id, error?.code ?? null, (error?.message ?? '').split('\n').slice(0, MOST_PROBLEMS).filter(Boolean)],
    );
  }

  async ends(id: string): Promise<void> {
    await this.database.write(`delete from running_process where id = $1`, [id]);
  }

  /** The services of processes that run and go by other settings. Empty once all have settled on these. */
  async goingByOthers(settings: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ service: string }>(
      `select distinct unnest(services) as service from running_process where settings <> $1 and ${LIVE} order by 1`,
      [settings],
    );
    return rows.map(({ service }) => service);
  }

  /** For the console: who runs, whether it goes by what was taken last, and what it refuses. */
  async overview() {
    return this.database.query<{ services: string[]; since: Date; isBehind: boolean; refused: { code: string; because: string[] } | null }>(
      `select services, adopted_at as since,
         settings <> (select settings from running_process where ${LIVE} order by adopted_at desc limit 1) as "isBehind",
         case when refused_code is not null then json_build_object('code', refused_code, 'because', refused_because) end as refused
       from running_process where ${LIVE} order by services, id`,
    );
  }
}
