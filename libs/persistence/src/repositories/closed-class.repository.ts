import type { RecordCategory } from '@sync-hub/categories';
import type { Aggregate, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { Gathering, grouped } from '../gathering.js';
import type { Look } from './change.repository.js';

/**
 * What a site does not do with records of a class: `look` at one for other sites, `read` one at a target, `make`, `change`, `void` or `restore` one there;
 * `write`: none of the last four.
 */
export type NotDone = 'look' | 'read' | 'write' | 'make' | 'change' | 'void' | 'restore';

/** A class that is closed at a site. */
export interface ClosedClass {
  readonly site: SiteId;
  /** A category; of changes, whose category is not known before they are looked at, the aggregate. */
  readonly class: RecordCategory | Aggregate;
  readonly does: NotDone;
  /** `unsupported`: what runs there cannot. `not-allowed`: our account lacks a privilege. */
  readonly code: 'unsupported' | 'not-allowed';
  /** The privilege that our account lacks; `null` of `unsupported`. */
  readonly privilege: string | null;
  /** In plain words, with the module or section that is wanting. */
  readonly because: string;
  /** The job or change that was not allowed. It alone is tried from time to time. */
  readonly witness: string | null;
}

/** Of a class what is closed at a site for one reason, as it is shown. */
export interface ShownClosedClass extends Pick<ClosedClass, 'site' | 'class' | 'code' | 'privilege' | 'because'> {
  readonly does: readonly NotDone[];
  readonly since: Date;
  /** Jobs and changes that wait for it. */
  readonly waiting: number;
}

/** The categories that travel to each site. */
export type WrittenThere = Readonly<Record<SiteId, readonly string[]>>;

/** What a closed class is known by at its site. Those who wait for it name it in their details, as `closed`. */
export const closedKey = ({ class: name, does, privilege }: Pick<ClosedClass, 'class' | 'does' | 'privilege'>): string =>
  [does, name, ...(privilege === null ? [] : [privilege])].join(' ');

const COLUMNS = 'site, class, does, code, privilege, because, witness';

type LookRow = { site: SiteId; aggregate: Aggregate; uuid: string };

const lookOf = ({ site, aggregate, uuid }: LookRow): Look => ({ site, record: { aggregate, uuid }, forced: true });

/** Classes that are closed at sites. Written by what asks a site what it can, by push and fetch where something is not allowed, and by the wake-ups of the pusher. */
export class ClosedClassRepository {
  private readonly closed = new Gathering(
    (site: SiteId) => site,
    async (sites: readonly SiteId[]) =>
      grouped(
        await this.database.query<ClosedClass & Record<string, unknown>>(`select ${COLUMNS} from closed_class where site = any($1)`, [sites]),
        (row) => row.site,
      ),
  );

  constructor(private readonly database: Database) {}

  /** What is closed at the site. */
  async at(site: SiteId): Promise<readonly ClosedClass[]> {
    return (await this.closed.ask(site)) ?? [];
  }

  /** Closes a class, unless it is. A witness stays the first; one that was tried in vain has been tried now. */
  async close(tx: Tx, one: ClosedClass): Promise<void> {
    await tx.query(
      `insert into closed_class as closed (site, key, class, does, code, privilege, because, witness) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (site, key) do update set because = excluded.because, tried_at = now()`,
      [one.site, closedKey(one), one.class, one.does, one.code, one.privilege, one.because, one.witness],
    );
  }

  /** What the site has no way to take is exactly this from now on. */
  async keepUnsupported(tx: Tx, site: SiteId, all: readonly ClosedClass[]): Promise<void> {
    await tx.query(`delete from closed_class where site = $1 and code = 'unsupported' and not key = any($2)`, [site, all.map(closedKey)]);
    for (const one of all) await this.close(tx, one);
  }

  /** Of the privileges that it lacked our account has these now. */
  async allowed(tx: Tx, site: SiteId, may: (privilege: string) => boolean): Promise<void> {
    const lacking = await tx.query<{ privilege: string }>(`select distinct privilege from closed_class where site = $1 and privilege is not null`, [site]);
    const granted = lacking.map(({ privilege }) => privilege).filter(may);
    await tx.query(`delete from closed_class where site = $1 and privilege = any($2)`, [site, granted]);
  }

  /** What was not allowed to this job or change was done, or is no longer asked for by it. */
  async open(tx: Tx, witness: string): Promise<void> {
    await tx.query(`delete from closed_class where witness = $1`, [witness]);
  }

  /** One look for each class that was not tried for so long: at what was not allowed. A class whose witness has ended is open. */
  async trials(tx: Tx, afterSeconds: number): Promise<readonly Look[]> {
    await tx.query(
      `delete from closed_class where witness is not null
         and not exists (select 1 from job where job.id = witness and state <> 'ended') and not exists (select 1 from change where change.id = witness and state <> 'ended')`,
    );
    const rows = await tx.query<LookRow>(
      `with due as (
         update closed_class set tried_at = now() where (site, key) in (
           select site, key from closed_class where witness is not null and tried_at < now() - make_interval(secs => $1) order by site, key for update skip locked)
         returning witness)
       select source as site, aggregate, uuid from job join due on job.id = due.witness union select site, aggregate, uuid from change join due on change.id = due.witness`,
      [afterSeconds],
    );
    return rows.map(lookOf);
  }

  /** Looks at those who wait for a class that is closed no more; each job is taken once a minute, until it has been looked at again. */
  async released(tx: Tx, limit: number): Promise<readonly Look[]> {
    const rows = await tx.query<LookRow>(
      `with woken as (
         update job set woken_at = now() where id in (
           select id from job where state = 'parked' and reason = 'class-closed' and (woken_at is null or woken_at < held_at or woken_at < now() - interval '1 minute')
             and not exists (select 1 from closed_class where closed_class.site = job.target and key = job.details ->> 'closed')
           order by held_at limit $1 for update skip locked)
         returning source as site, aggregate, uuid)
       select site, aggregate, uuid from woken
       union
       (select site, aggregate, uuid from change where state = 'parked' and reason = 'class-closed'
          and not exists (select 1 from closed_class where closed_class.site = change.site and key = change.details ->> 'closed') order by held_at limit $1)`,
      [limit],
    );
    return rows.map(lookOf);
  }

  /** All that is closed at these sites, with how many wait. What travels to none of them is of no interest, unless something waits for it all the same. */
  async shown({
    sites,
    written,
  }: {
    readonly sites: readonly { readonly site: SiteId }[];
    readonly written: WrittenThere;
  }): Promise<readonly ShownClosedClass[]> {
    const all = await this.database.query<ShownClosedClass & Record<string, unknown>>(
      `with waiting as (
         select target as site, details ->> 'closed' as key, count(*) from job where state = 'parked' and reason = 'class-closed' group by 1, 2
         union all
         select site, details ->> 'closed', count(*) from change where state = 'parked' and reason = 'class-closed' group by 1, 2)
       select closed_class.site, class, code, privilege, min(because) as because, array_agg(distinct does order by does) as does, min(since) as since,
         coalesce(sum(count), 0)::int as waiting
       from closed_class left join waiting using (site, key) group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    );
    const isShown = ({ site, class: name, code, waiting }: ShownClosedClass): boolean =>
      sites.some((one) => one.site === site) && (waiting > 0 || code === 'not-allowed' || written[site]?.includes(name) === true);
    return all.filter(isShown);
  }
}
