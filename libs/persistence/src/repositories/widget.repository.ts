import type { LinkId, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** How a site does: counts and times. */
export interface WidgetRow {
  readonly lastGoodAt: Date | null;
  readonly lastAskedAt: Date | null;
  readonly waiting: number;
  readonly held: number;
  readonly endedLately: number;
}

/** What anybody may see of a site. Writes nothing. */
export class WidgetRepository {
  constructor(private readonly database: Database) {}

  /** On these links; `lately` is the last hour. What is only observed neither waits nor is held. */
  async read(site: SiteId, links: readonly LinkId[]): Promise<WidgetRow> {
    const [row] = await this.database.query<WidgetRow & Record<string, unknown>>(
      `select (select ended_at from job where state = 'ended' and link = any($2) and outcome in ('pushed', 'in-step') and (source = $1 or target = $1) order by ended_at desc limit 1) as "lastGoodAt",
         (select max(read_at) from feed_marker where site = $1) as "lastAskedAt",
         (select count(*)::int from job where state in ('ready', 'looking') and link = any($2)) + (select count(*)::int from change where state = 'open' and site = $1) as waiting,
         (select count(*)::int from job where state in ('waiting', 'conflict', 'parked') and reason is distinct from 'observed' and link = any($2))
           + (select count(*)::int from change where state = 'parked' and site = $1) as held,
         (select count(*)::int from job where state = 'ended' and ended_at > now() - interval '1 hour' and link = any($2)) as "endedLately"`,
      [site, links],
    );
    return row ?? { lastGoodAt: null, lastAskedAt: null, waiting: 0, held: 0, endedLately: 0 };
  }
}
