import type { LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import { type Agreement, fieldNames } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import { Gathering } from '../gathering.js';
import type { Vault } from '../vault.js';
import { contextOf } from './conflict.repository.js';
import { conflictIn, sayMoved } from './conflict-row.js';
import { type Intent, type SealedIntent, sendsOf } from './intent.repository.js';

/** A record that a site has told of. */
export interface ToldUpdate {
  readonly record: RecordRef;
  /** By the site's clock. */
  readonly at: Date;
  /** The part of it that was updated; null for the record itself. */
  readonly part: Uuid | null;
}

/** A write of ours beside which somebody changed the record at its site, and of which nothing is seen there any more. */
export interface Overwriting extends Pick<Intent, 'id' | 'jobId' | 'link' | 'held' | 'sends'> {
  readonly sourceSnapshot: string;
}

/** How long after a write its site may tell of what stood before it. */
const TOLD_WITHIN = `interval '1 hour'`;
/** A feed publishes what was changed a moment later (atomfeed module: every two seconds). */
const PUBLISHED_WITHIN = `interval '3 seconds'`;

interface Row {
  readonly id: string;
  readonly job_id: string;
  readonly link: LinkId;
  readonly sealed: Buffer;
  readonly source_snapshot: string;
  readonly key: string;
}

const keyOf = (site: SiteId, { aggregate, uuid }: RecordRef): string => `${site} ${aggregate}/${uuid}`;

/** Edits that a write of ours overwrote: known by the site's own entries, of which there are more than we made. Told by feed-watcher, raised by fetch. */
export class OverwrittenRepository {
  private readonly found = new Gathering(
    (key: string) => key,
    (keys: readonly string[]) => this.findAll(keys),
  );

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** The site has told that these records, or these parts of them, were updated, once for each time. */
  async told(tx: Tx, site: SiteId, updates: readonly ToldUpdate[]): Promise<void> {
    await tx.query(
      `update intent set told = told || news.at, told_parts = told_parts || news.parts from (
         select aggregate, uuid, coalesce(array_agg(at) filter (where part is null), '{}') as at,
           coalesce(jsonb_agg(jsonb_build_object('part', part, 'at', at)) filter (where part is not null), '[]') as parts
         from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[]) as one (aggregate, uuid, at, part) group by aggregate, uuid
       ) as news where intent.site = $1 and intent.aggregate = news.aggregate and intent.uuid = news.uuid and committed_at > now() - ${TOLD_WITHIN}`,
      [
        site,
        updates.map(({ record }) => record.aggregate),
        updates.map(({ record }) => record.uuid),
        updates.map(({ at }) => at),
        updates.map(({ part }) => part),
      ],
    );
  }

  /** The write of the record there beside which its site tells of more updates than we made, and that nobody was told of; null where there is none. */
  async find(site: SiteId, record: RecordRef): Promise<Overwriting | null> {
    const row = await this.found.ask(keyOf(site, record));
    if (row === undefined) return null;
    const { held, sends } = this.vault.open(row.sealed, `intent:${row.id}`) as SealedIntent;
    return { id: row.id, jobId: row.job_id, link: row.link, held, sends: sendsOf(sends), sourceSnapshot: row.source_snapshot };
  }

  private async findAll(keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const asked = keys.map((key) => key.split(/[ /]/));
    const rows = await this.database.query<Row>(
      `select distinct on (key) intent.id, intent.job_id, intent.link, intent.sealed, job.source_snapshot, asked.site || ' ' || asked.aggregate || '/' || asked.uuid as key
       from unnest($1::text[], $2::text[], $3::text[]) as asked (site, aggregate, uuid) join intent using (site, aggregate, uuid) join job on job.id = intent.job_id
       where committed_at > now() - ${TOLD_WITHIN} and not intent.is_judged and intent.requests is not null and job.source_snapshot is not null
         and greatest(
             (select count(*) from unnest(told) as at where at between site_read_at and site_wrote_at + ${PUBLISHED_WITHIN}),
             (select max(count) from (select count(*) as count from jsonb_to_recordset(told_parts) as one (part text, at timestamptz)
               where at between site_read_at and site_wrote_at + ${PUBLISHED_WITHIN} group by part) as each_part))
           > requests + coalesce((select sum(other.requests) from intent as other where other.site = intent.site and other.aggregate = intent.aggregate
               and other.uuid = intent.uuid and other.id <> intent.id and other.site_wrote_at between intent.site_read_at and intent.site_wrote_at + ${PUBLISHED_WITHIN}), 0)
       order by key, committed_at desc`,
      [asked.map(([site]) => site), asked.map(([, aggregate]) => aggregate), asked.map(([, , uuid]) => uuid)],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }

  /** What somebody changed at the site is seen in the record: what its entries tell of beside our last writes may be that. Where nobody yet knows whether a write has landed, what is seen may be our own. */
  explain(tx: Tx, site: SiteId, record: RecordRef): void {
    tx.later(explainAll, { site, record });
  }

  /**
   * Opens a conflict, or notes it on the one that is open: what stood at the site when we read it, and what we wrote, are kept with it. `agreement` is what the
   * ends agree on now, `snapshots` what they hold. It stays open until a person dismisses it.
   */
  async raise(
    tx: Tx,
    {
      overwriting,
      record,
      agreement,
      snapshots,
    }: { readonly overwriting: Overwriting; readonly record: RecordRef; readonly agreement: Agreement; readonly snapshots: Ends },
  ): Promise<void> {
    const judged = await tx.query(`update intent set is_judged = true where id = $1 and not is_judged returning id`, [overwriting.id]);
    if (judged.length === 0) return;
    const { link, jobId, sends } = overwriting;
    const fields = fieldNames([...sends.keys()]);
    const [open] = await tx.query<{ id: string }>(
      `update conflict set overwritten = (select array_agg(distinct name order by name) from unnest(coalesce(overwritten, '{}') || $4::text[]) as name),
         versions = versions + 1, updated_at = now() where link = $1 and aggregate = $2 and uuid = $3 and closed_at is null returning id`,
      [link, record.aggregate, record.uuid, fields],
    );
    const id = open?.id ?? newId();
    if (open === undefined)
      await tx.query(
        `insert into conflict (id, link, aggregate, uuid, job_id, reason, fields, overwritten, parent_snapshot, child_snapshot, agreement_revision, agreement_sealed)
         values ($1, $2, $3, $4, $5, 'overwritten', $6, $6, $7, $8, $9, $10)`,
        [
          id,
          link,
          record.aggregate,
          record.uuid,
          jobId,
          fields,
          snapshots.parent,
          snapshots.child,
          agreement.revision,
          this.vault.seal(asItStood(agreement, overwriting), contextOf(link, record)),
        ],
      );
    const row = await conflictIn(tx, id);
    if (row !== null) await sayMoved(tx, row, { what: 'noted', by: null, reason: 'overwritten' });
  }
}

/** A site's feed is read from its start: its entries are told a second time, and edits beside the writes of the last hours, of which they are counted, are judged no more. */
export async function judgeNoMore(tx: Pick<Tx, 'query'>, site: SiteId): Promise<void> {
  await tx.query(`update intent set is_judged = true where site = $1 and not is_judged and committed_at > now() - ${TOLD_WITHIN}`, [site]);
}

async function explainAll(tx: Pick<Tx, 'query'>, all: readonly { readonly site: SiteId; readonly record: RecordRef }[]): Promise<void> {
  await tx.query(
    `update intent set is_judged = true from unnest($1::text[], $2::text[], $3::text[]) as seen (site, aggregate, uuid)
     where intent.site = seen.site and intent.aggregate = seen.aggregate and intent.uuid = seen.uuid and committed_at > now() - ${TOLD_WITHIN} and not is_judged
       and settled_at is not null`,
    [all.map(({ site }) => site), all.map(({ record }) => record.aggregate), all.map(({ record }) => record.uuid)],
  );
}

interface Ends {
  readonly parent: string;
  readonly child: string;
}

/** The agreement with what stood at the site before our write: what a person is shown as what was there. */
function asItStood(agreement: Agreement, { held, sends }: Overwriting): Agreement {
  const before = (fields: Agreement['parent']['fields']) => {
    const all = new Map(Object.entries(fields));
    for (const path of sends.keys()) {
      const stood = held.fields[path];
      if (stood === undefined) all.delete(path);
      else all.set(path, stood);
    }
    return Object.fromEntries(all);
  };
  return {
    ...agreement,
    parent: { ...agreement.parent, fields: before(agreement.parent.fields) },
    child: { ...agreement.child, fields: before(agreement.child.fields) },
  };
}
