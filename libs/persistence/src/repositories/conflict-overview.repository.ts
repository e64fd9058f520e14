import type { ConflictCounts, ConflictFilter, ConflictList, ConflictNote, ConflictSummary } from '@sync-hub/contracts';
import type { Agreement } from '@sync-hub/merge';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';
import { contextOf } from './conflict.repository.js';
import { CONFLICT_ROWS, type ConflictRow, noteContext } from './conflict-row.js';

const CLOSED = ['resolved', 'dismissed'];

/** Those of a filter; with `parametersOf`. */
const FOUND = `
  select * from (${CONFLICT_ROWS}) as rows
  where ($1::boolean or closed_at is null) and ($2::text[] is null or state = any($2)) and ($3::text is null or link = $3) and ($4::text is null or category = $4)
    and ($5::text is null or coalesce(owner, '') = $5) and ($6::text is null or $6 = any(fields)) and ($7::text is null or reason = $7)
    and ($8::timestamptz is null or opened_at < $8)`;

const COUNTED: readonly (keyof ConflictCounts['by'])[] = ['link', 'category', 'field', 'owner', 'reason', 'state'];

/** What people are shown of conflicts. The list opens no seal. Writes nothing. */
export class ConflictOverviewRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async list(filter: ConflictFilter): Promise<ConflictList> {
    const parameters = parametersOf(filter);
    const [rows, counts] = await Promise.all([
      this.database.query<ConflictRow & { waiting_behind: string }>(
        `select page.*, (
           select count(distinct job_id) from waiter where target in (page.parent, page.child) and waiter.aggregate = page.aggregate and waiter.uuid = page.uuid) as waiting_behind
         from (select * from (${FOUND}) as found order by opened_at, id offset $9 limit $10) as page order by opened_at, id`,
        [...parameters, filter.offset, filter.limit],
      ),
      this.counts(parameters),
    ]);
    return { conflicts: rows.map(summaryOf), counts };
  }

  private async counts(parameters: readonly unknown[]): Promise<ConflictCounts> {
    const by = COUNTED.filter((name) => name !== 'field').map(
      (name) => `select '${name}' as by, coalesce(${name}, '') as name, count(*) from found group by 2`,
    );
    const rows = await this.database.query<{ by: keyof ConflictCounts['by'] | 'all'; name: string; count: string }>(
      `with found as materialized (select link, category, owner, reason, state, fields from (${FOUND}) as all_found)
       select 'all' as by, '' as name, count(*) from found union all ${by.join(' union all ')}
       union all select 'field', name, count(*) from found cross join unnest(fields) as name group by 2 order by 1, 3 desc, 2`,
      parameters,
    );
    const of = (name: keyof ConflictCounts['by']) => rows.filter((row) => row.by === name).map((row) => ({ name: row.name, count: Number(row.count) }));
    return {
      all: Number(rows.find((row) => row.by === 'all')?.count ?? 0),
      by: { link: of('link'), category: of('category'), field: of('field'), owner: of('owner'), reason: of('reason'), state: of('state') },
    };
  }

  /** One conflict with all that is kept of it but the two ends; null where there is none of that id. */
  async find(id: string): Promise<{
    readonly row: ConflictRow;
    readonly summary: ConflictSummary;
    readonly agreement: Agreement | null;
    readonly notes: readonly ConflictNote[];
  } | null> {
    const [row] = await this.database.query<ConflictRow & { waiting_behind: string }>(
      `select rows.*, (select count(distinct job_id) from waiter where target in (parent, child) and waiter.aggregate = rows.aggregate and waiter.uuid = rows.uuid) as waiting_behind
       from (${CONFLICT_ROWS}) as rows where id = $1`,
      [id],
    );
    if (row === undefined) return null;
    const sealed = row.agreement_sealed;
    const agreement = sealed === null ? null : (this.vault.open(sealed, contextOf(row.link, row)) as Agreement);
    return { row, summary: summaryOf(row), agreement, notes: await this.notes(id) };
  }

  /** Was this answer given to the conflict already, whatever became of it? */
  async isGiven(conflictId: string, answerId: string): Promise<boolean> {
    return (await this.database.query(`select 1 from conflict_answer where id = $2 and conflict_id = $1`, [conflictId, answerId])).length > 0;
  }

  private async notes(id: string): Promise<readonly ConflictNote[]> {
    const rows = await this.database.query<{ what: string; by: string | null; at: Date; sealed: Buffer | null }>(
      `select what, by, at, sealed from conflict_note where conflict_id = $1 order by id`,
      [id],
    );
    return rows.map(({ what, by, at, sealed }) => ({
      at: at.toISOString(),
      by: by ?? '',
      what,
      text: sealed === null ? null : (this.vault.open(sealed, noteContext(id)) as string),
    }));
  }
}

function parametersOf({ states, link, category, owner, field, reason, openedBefore }: ConflictFilter): readonly unknown[] {
  const isWide = states?.some((state) => CLOSED.includes(state)) ?? false;
  return [isWide, states ?? null, link ?? null, category ?? null, owner ?? null, field ?? null, reason ?? null, openedBefore ?? null];
}

const summaryOf = (row: ConflictRow & { readonly waiting_behind: string }): ConflictSummary => ({
  id: row.id,
  link: row.link,
  parent: row.parent,
  child: row.child,
  record: { aggregate: row.aggregate, uuid: row.uuid },
  category: row.category,
  reason: row.reason,
  fields: [...row.fields].sort(),
  state: row.state,
  owner: row.owner,
  version: row.versions,
  openedAt: row.opened_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  waitingBehind: Number(row.waiting_behind),
  jobId: row.job_id,
});
