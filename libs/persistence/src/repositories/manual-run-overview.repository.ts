import {
  type AskedOfSite,
  DRY_WRITES,
  type DryRunTold,
  type LinkId,
  type ManualRun,
  type ManualRunCategory,
  type ManualRunRecord,
  type ManualRunRecordsAsked,
  type ManualRunScope,
  type ManualRunState,
  type ManualRunWaits,
  type NotListed,
  type RecordRef,
  type Route,
  type SiteId,
} from '@sync-hub/contracts';
import type { Database } from '../database.js';

interface Row {
  readonly id: string;
  readonly link: LinkId;
  readonly direction: Route['direction'];
  readonly source: SiteId;
  readonly target: SiteId;
  readonly scope: ManualRunScope;
  readonly state: ManualRunState;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly ended_at: Date | null;
  readonly to_list: number;
  readonly not_listed: readonly NotListed[];
  readonly dry: boolean;
  readonly source_away: ManualRunWaits['why'] | null;
  readonly target_away: ManualRunWaits['why'] | null;
}

interface Counted {
  readonly run: string;
  readonly category: string;
  readonly along: boolean;
  readonly state: 'listed' | 'looking' | 'ended';
  readonly became: string | null;
  readonly reason: string | null;
  readonly records: number;
  readonly bytes_to_send: number;
  readonly source: AskedOfSite;
  readonly target: AskedOfSite;
}

interface RecordRow extends RecordRef {
  readonly category: string;
  readonly became: string | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly awaits: readonly string[];
  readonly along: boolean;
}

/** How the runs that people began stand, in categories and counts. What depends on the configuration is left to the desk. */
export class ManualRunOverviewRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<ManualRun | null> {
    return (await this.read(`where manual_run.id = $1`, [id]))[0] ?? null;
  }

  /** The newest first. */
  async list(limit: number): Promise<readonly ManualRun[]> {
    return this.read(`order by asked_at desc, manual_run.id limit $1`, [limit]);
  }

  /** Records of the run, in the order in which they are looked at. */
  async records(id: string, { category, as, along, limit }: ManualRunRecordsAsked): Promise<readonly ManualRunRecord[]> {
    const rows = await this.database.query<RecordRow & Record<string, unknown>>(
      `select aggregate, uuid, category, became, reason, fields, awaits, along from manual_run_record
       where run = $1 and ($2::text is null or category = $2) and ($3::text is null or became = $3) and along = $4 order by place, uuid limit $5`,
      [id, category ?? null, as ?? null, along === 'yes', limit],
    );
    return rows.map(({ aggregate, uuid, became, along: isAlong, ...row }) => ({ ...row, record: { aggregate, uuid }, as: became, isAlong }));
  }

  private async read(where: string, parameters: readonly unknown[]): Promise<readonly ManualRun[]> {
    const runs = await this.database.query<Row & Record<string, unknown>>(
      `select manual_run.*, (select count(*)::int from manual_run_patient where run = manual_run.id) as to_list,
         (select state from site where id = manual_run.source and ${IS_AWAY}) as source_away, (select state from site where id = manual_run.target and ${IS_AWAY}) as target_away
       from manual_run ${where}`,
      parameters,
    );
    const counted = await this.database.query<Counted & Record<string, unknown>>(COUNT, [runs.map(({ id }) => id)]);
    return runs.map((row) =>
      runOf(
        row,
        counted.filter(({ run }) => run === row.id),
      ),
    );
  }
}

const IS_AWAY = `site.state in ('down', 'locked-out', 'quarantined') and site.left_at is null`;

const asked = (end: 'source' | 'target'): string =>
  `jsonb_build_object(${(['requests', 'ms', 'bytes'] as const).map((what) => `'${what}', coalesce(sum((told -> '${end}' ->> '${what}')::bigint), 0)`).join(', ')}) as ${end}`;

const COUNT = `
  select run, category, along, state, became, reason, count(*)::int as records, coalesce(sum((told ->> 'bytesToSend')::bigint), 0)::float8 as bytes_to_send, ${asked('source')}, ${asked('target')}
  from manual_run_record where run = any($1)
  group by run, category, along, state, became, reason order by min(place), category, count(*) desc, became, reason`;

function runOf(row: Row, counted: readonly Counted[]): ManualRun {
  const isOver = row.ended_at !== null;
  return {
    id: row.id,
    link: row.link,
    direction: row.direction,
    source: row.source,
    target: row.target,
    scope: row.scope,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    toList: row.to_list,
    notListed: row.not_listed,
    categories: byCategory(counted.filter(({ along }) => !along)).map((category) =>
      row.dry ? { ...category, told: toldOf(counted.filter((one) => !one.along && one.category === category.category)) } : category,
    ),
    dry: row.dry,
    waitsFor: isOver ? null : awayOf(row),
    ...(row.dry ? { told: toldOf(counted), along: alongOf(counted) } : {}),
  };
}

function awayOf({ source, target, source_away, target_away }: Row): ManualRunWaits | null {
  if (source_away !== null) return { site: source, why: source_away };
  return target_away === null ? null : { site: target, why: target_away };
}

const sumOf = <Item>(of: readonly Item[], value: (item: Item) => number): number => of.reduce((sum, item) => sum + value(item), 0);

function byCategory(counted: readonly Counted[]): readonly ManualRunCategory[] {
  const recordsOf = (of: readonly Counted[]): number => sumOf(of, ({ records }) => records);
  return [...new Set(counted.map(({ category }) => category))].map((category) => {
    const of = counted.filter((one) => one.category === category);
    const ended = of.filter(({ state }) => state === 'ended');
    return {
      category,
      listed: recordsOf(of),
      underWay: recordsOf(of.filter(({ state }) => state === 'looking')),
      ended: recordsOf(ended),
      became: ended.map(({ became, reason, records }) => ({ as: became ?? '', reason, records })),
    };
  });
}

function toldOf(counted: readonly Counted[]): DryRunTold {
  const recordsAs = (...ends: readonly string[]): number => sumOf(counted, ({ became, records }) => (ends.includes(became ?? '') ? records : 0));
  const askedOf = (end: 'source' | 'target'): AskedOfSite => ({
    requests: sumOf(counted, (one) => one[end].requests),
    ms: sumOf(counted, (one) => one[end].ms),
    bytes: sumOf(counted, (one) => one[end].bytes),
  });
  const written = counted.filter(({ became }) => (DRY_WRITES as readonly string[]).includes(became ?? ''));
  return {
    writes: sumOf(written, ({ records }) => records),
    conflicts: recordsAs('would-ask'),
    bytesToSend: sumOf(written, ({ bytes_to_send }) => bytes_to_send),
    source: askedOf('source'),
    target: askedOf('target'),
    about: null,
  };
}

function alongOf(counted: readonly Counted[]): readonly { readonly as: string; readonly records: number }[] {
  const along = counted.filter((one) => one.along && one.state === 'ended');
  return [...new Set(along.map(({ became }) => became ?? ''))].map((as) => ({ as, records: sumOf(along, (one) => (one.became === as ? one.records : 0)) }));
}
