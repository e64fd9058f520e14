import type { Aggregate, LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import { BugError } from '@sync-hub/contracts';
import type { AgreedSide, Agreement } from '@sync-hub/merge';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

/** What an end of a link is known to hold of a record. */
export type KnownSide = Pick<AgreedSide, 'presence' | 'fields'>;

/** What both ends are known to hold; `null` where an end has never been seen with it. */
export interface KnownRecord extends RecordRef {
  readonly parent: KnownSide | null;
  readonly child: KnownSide | null;
}

interface Row extends Record<string, unknown> {
  readonly aggregate: Aggregate;
  readonly uuid: string;
  readonly sealed: Buffer;
}

interface JobRow extends Row {
  readonly from: 'parent' | 'child';
  readonly snapshot: string;
}

const AT_ONCE = 500;
/** Aggregates of patients, visits and encounters. */
const AGGREGATES: readonly Aggregate[] = ['person', 'visit', 'encounter'];

/** What is known of patients, visits and encounters of a link without asking its ends: what they agreed on, and what is on its way. A batch after the other, in the order of the key. Writes nothing. */
export class CompletenessRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Each record once; `null` for one that is kept and cannot be opened. */
  async *known(link: LinkId): AsyncGenerator<KnownRecord | null> {
    for (const aggregate of AGGREGATES) {
      const onTheWay = await this.onTheWay(link, aggregate);
      for await (const { uuid, sealed } of this.agreed(link, aggregate)) {
        const agreement = this.opened(sealed, `agreement:${link}:${aggregate}:${uuid}`) as Agreement | null;
        const newer = onTheWay.get(uuid);
        onTheWay.delete(uuid);
        yield agreement === null ? null : { aggregate, uuid, parent: agreement.parent, child: agreement.child, ...newer };
      }
      for (const [uuid, sides] of onTheWay) yield { aggregate, uuid, parent: null, child: null, ...sides };
    }
  }

  /** Noticed at one of these sites, and not looked at yet. */
  async unread(sites: readonly SiteId[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `select count(*)::int as count from change where state <> 'ended' and site = any($1) and aggregate = any($2)`,
      [sites, AGGREGATES],
    );
    return row?.count ?? 0;
  }

  private async *agreed(link: LinkId, aggregate: Aggregate): AsyncGenerator<Row> {
    let after = '';
    for (;;) {
      const rows = await this.database.query<Row>(
        `select aggregate, uuid, sealed from agreement where link = $1 and aggregate = $2 and uuid > $3 order by uuid limit ${AT_ONCE}`,
        [link, aggregate, after],
      );
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return;
      after = last.uuid;
    }
  }

  /** What an end was last read with, of what has not come to the other one yet. */
  private async onTheWay(link: LinkId, aggregate: Aggregate): Promise<Map<string, Partial<KnownRecord>>> {
    const found = new Map<string, Partial<KnownRecord>>();
    let after = '';
    for (;;) {
      const rows = await this.database.query<JobRow>(
        `select job.aggregate, job.uuid, case direction when 'pull' then 'parent' else 'child' end as "from", snapshot.id as snapshot, sealed
         from job join snapshot on snapshot.id = source_snapshot where job.state <> 'ended' and link = $1 and job.aggregate = $2 and job.uuid || direction > $3 order by job.uuid || direction limit ${AT_ONCE}`,
        [link, aggregate, after],
      );
      for (const { uuid, from, snapshot, sealed } of rows) {
        const side = this.opened(sealed, `snapshot:${snapshot}`) as KnownSide | null;
        if (side !== null) found.set(uuid, { ...found.get(uuid), [from]: { presence: side.presence, fields: side.fields } });
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return found;
      after = `${last.uuid}${last.from === 'parent' ? 'pull' : 'push'}`;
    }
  }

  private opened(sealed: Buffer, context: string): unknown {
    try {
      return this.vault.open(sealed, context);
    } catch (error) {
      if (error instanceof BugError) return null;
      throw error;
    }
  }
}
