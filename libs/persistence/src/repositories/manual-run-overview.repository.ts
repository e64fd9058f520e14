import type { LinkId, ManualRun, ManualRunCategory, ManualRunScope, ManualRunState, NotListed, Route, SiteId } from '@sync-hub/contracts';
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
}

interface Counted {
  readonly run: string;
  readonly category: string;
  readonly state: 'listed' | 'looking' | 'ended';
  readonly became: string | null;
  readonly reason: string | null;
  readonly records: number;
}

/** How the runs that people began stand, in categories and counts. */
export class ManualRunOverviewRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<ManualRun | null> {
    return (await this.read(`where id = $1`, [id]))[0] ?? null;
  }

  /** The newest first. */
  async list(limit: number): Promise<readonly ManualRun[]> {
    return this.read(`order by asked_at desc, id limit $1`, [limit]);
  }

  private async read(where: string, parameters: readonly unknown[]): Promise<readonly ManualRun[]> {
    const runs = await this.database.query<Row & Record<string, unknown>>(
      `select *, (select count(*)::int from manual_run_patient where run = manual_run.id) as to_list from manual_run ${where}`,
      parameters,
    );
    const counted = await this.database.query<Counted & Record<string, unknown>>(
      `select run, category, state, became, reason, count(*)::int as records from manual_run_record where run = any($1)
       group by run, category, state, became, reason order by min(place), category, count(*) desc, became, reason`,
      [runs.map(({ id }) => id)],
    );
    return runs.map((row) => ({
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
      categories: byCategory(counted.filter(({ run }) => run === row.id)),
    }));
  }
}

function byCategory(counted: readonly Counted[]): readonly ManualRunCategory[] {
  const sumOf = (of: readonly Counted[]): number => of.reduce((sum, { records }) => sum + records, 0);
  return [...new Set(counted.map(({ category }) => category))].map((category) => {
    const of = counted.filter((one) => one.category === category);
    const ended = of.filter(({ state }) => state === 'ended');
    return {
      category,
      listed: sumOf(of),
      underWay: sumOf(of.filter(({ state }) => state === 'looking')),
      ended: sumOf(ended),
      became: ended.map(({ became, reason, records }) => ({ as: became ?? '', reason, records })),
    };
  });
}
