import { AGGREGATES, type Aggregate, type Direction, type LinkId, type RecordRef, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** The links and sites that are asked about: their tables are looked into by their keys. */
export interface Among {
  readonly links: readonly LinkId[];
  readonly sites: readonly SiteId[];
}

/** An open job or change of a record. */
export interface StandingRow {
  readonly kind: 'job' | 'change';
  readonly id: string;
  readonly aggregate: Aggregate;
  readonly uuid: Uuid;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  readonly source: SiteId | null;
  readonly site: SiteId;
  readonly state: string;
  readonly reason: string | null;
  readonly code: string | null;
  readonly missing: readonly string[];
  readonly since: Date;
  readonly conflict: string | null;
}

export interface AgreedRow {
  readonly link: LinkId;
  readonly aggregate: Aggregate;
  readonly at: Date;
}

export interface HangingRow extends RecordRef {
  readonly lastAt: Date;
}

const MOST_HANGING = 200;

const NAMES = `case when jsonb_typeof(details -> 'missing') = 'array' then details -> 'missing' when jsonb_typeof(details -> 'fields') = 'array' then details -> 'fields' else '[]'::jsonb end`;

/** What tables and audit say of one record: a statement for each, by keys that are there. Writes nothing. */
export class RecordTimelineRepository {
  constructor(private readonly database: Database) {}

  /** What is open of these uuids, on these links and at these sites. */
  standing(uuids: readonly Uuid[], { links, sites }: Among): Promise<readonly StandingRow[]> {
    return this.database.query<StandingRow & Record<string, unknown>>(
      `select 'job' as kind, id, aggregate, uuid, link, direction, source, target as site, state, reason, coalesce(case state when 'waiting' then details ->> 'blockedBy' end, code) as code, ${NAMES} as missing,
         coalesce(held_at, opened_at) as since,
         (select conflict.id from conflict where conflict.link = job.link and conflict.aggregate = job.aggregate and conflict.uuid = job.uuid and closed_at is null limit 1) as conflict
       from job where state <> 'ended' and link = any($2) and direction in ('pull', 'push') and aggregate = any($4) and uuid = any($1)
       union all
       select 'change', id, aggregate, uuid, null, null, null, site, state, reason, code, ${NAMES}, coalesce(held_at, opened_at), null
       from change where state <> 'ended' and site = any($3) and aggregate = any($4) and uuid = any($1)
       order by since, id`,
      [uuids, links, sites, AGGREGATES],
    );
  }

  /** When the ends of each link last agreed on it. */
  agreed(uuid: Uuid, { links }: Among): Promise<readonly AgreedRow[]> {
    return this.database.query<AgreedRow & Record<string, unknown>>(
      `select link, aggregate, agreed_at as at from agreement where link = any($2) and aggregate = any($3) and uuid = $1 order by link`,
      [uuid, links, AGGREGATES],
    );
  }

  /** Whom the record hangs on, as it was last said. */
  async patientOf(uuid: Uuid): Promise<Uuid | null> {
    const [row] = await this.database.query<{ patient: Uuid }>(
      `select left(details ->> 'patient', 200) as patient from audit where uuid = $1 and left(details ->> 'patient', 200) is not null order by recorded_at desc, id desc limit 1`,
      [uuid],
    );
    return row?.patient ?? null;
  }

  /** What ever travelled as the patient's, what was last said of first. */
  hangingOn(patient: Uuid): Promise<readonly HangingRow[]> {
    return this.database.query<HangingRow & Record<string, unknown>>(
      `select aggregate, uuid, max(said_at) as "lastAt" from audit where left(details ->> 'patient', 200) = $1 and uuid <> $1 and aggregate is not null
       group by aggregate, uuid order by 3 desc, uuid limit ${MOST_HANGING}`,
      [patient],
    );
  }
}
