import type { Aggregate, Direction, LinkId, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import { GROUP_OF, HELD_JOBS_AND_CHANGES } from './held-rows.js';

/** Something of a site that has not arrived, with how many are so for just the same. */
export interface OwnRow {
  readonly group: string;
  readonly kind: 'job' | 'change';
  readonly id: string;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  readonly site: SiteId;
  readonly category: string;
  readonly aggregate: Aggregate;
  readonly uuid: string;
  /** As what is held is told, `conflict`, or `moving`. */
  readonly why: string;
  readonly code: string;
  readonly names: readonly string[];
  readonly since: Date;
  readonly snapshot: string | null;
  readonly conflict: string | null;
  readonly count: number;
  readonly oldestAt: Date;
}

/** What is on its way, and what somebody is asked about; in the columns of what is held. */
const ON_ITS_WAY = `
  select 'job' as kind, id, link, direction, source, target as site, category, aggregate, uuid, case state when 'conflict' then state else 'moving' end as why, case state when 'conflict' then coalesce(code, '') else '' end as code,
    '[]'::jsonb as names, coalesce(held_at, opened_at) as held_at, opened_at, source_snapshot from job where state in ('ready', 'looking', 'conflict')
  union all
  select 'change', id, null, null, null, site, aggregate, aggregate, uuid, 'moving', '', '[]'::jsonb, opened_at, opened_at, null from change where state = 'open'`;

/** What was entered at one site and has not arrived at another. Writes nothing. */
export class OwnRepository {
  constructor(private readonly database: Database) {}

  /** Of each reason so many, the oldest first; on these links, and what belongs to none yet. */
  rows(site: SiteId, links: readonly LinkId[], most: number): Promise<readonly OwnRow[]> {
    return this.database.query<OwnRow & Record<string, unknown>>(
      `select placed.*, (select conflict.id from conflict where conflict.link = placed.link and conflict.aggregate = placed.aggregate and conflict.uuid = placed.uuid and closed_at is null limit 1) as conflict
       from (
         select own.*, row_number() over (partition by "group" order by since, id) as place, count(*) over (partition by "group")::int as count, min(since) over (partition by "group") as "oldestAt"
         from (select found.kind, id, link, direction, site, category, aggregate, uuid, why, code, names, held_at as since, source_snapshot as snapshot, ${GROUP_OF('found')} as "group"
               from (${HELD_JOBS_AND_CHANGES} union all ${ON_ITS_WAY}) as found where case kind when 'job' then source = $1 and link = any($2) else site = $1 end) as own
       ) as placed where place <= $3 order by count desc, "group", place`,
      [site, links, most],
    );
  }
}
