import type { BoardSite, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';

interface Row extends Record<string, unknown> {
  readonly site: SiteId;
  readonly state: string;
  readonly since: Date;
  readonly code: string | null;
  readonly generation: number;
  readonly capabilities: Partial<Told> | null;
  readonly learnedAt: Date | null;
  readonly changes: readonly { readonly what: string; readonly before: string; readonly now: string }[] | null;
  readonly changedAt: Date | null;
  readonly changesWaiting: number;
  readonly jobsWaiting: number;
  readonly changesHeld: number;
}

/** What is shown of what a site said of itself. */
interface Told {
  readonly platform: string | null;
  readonly rest: string | null;
  readonly atomfeed: string | null;
  readonly fhir2: string | null;
  readonly feedFlavour: 'generic' | 'bahmni' | null;
  readonly clockSkewMs: number | null;
  readonly clockWithinMs: number | null;
  readonly pages: { readonly usual: number | null; readonly most: number | null } | null;
  readonly charset: { readonly declared: string | null; readonly holds: boolean } | null;
  readonly takesUuids: boolean;
  readonly takesItemUuids: boolean;
}

/** What the console shows of sites: their circuits, what they said of themselves, and what waits for them. */
export class SiteOverviewRepository {
  constructor(private readonly database: Database) {}

  async read() {
    const rows = await this.database.query<Row>(
      `select id as site, state, state_since as since, state_reason as code, generation, capabilities, learned_at as "learnedAt", changes, changed_at as "changedAt",
         (select count(*)::int from change where change.site = site.id and change.state = 'open') as "changesWaiting",
         (select count(*)::int from job where job.target = site.id and job.state in ('ready', 'looking')) as "jobsWaiting",
         (select count(*)::int from change where change.site = site.id and change.state = 'parked') as "changesHeld"
       from site order by id`,
    );
    return rows.map(({ state, capabilities, learnedAt, changes, changedAt, ...row }) => ({
      ...row,
      state: (state === 'joining' ? 'not-asked' : state) as BoardSite['state'],
      versions: learnedAt === null || capabilities === null ? null : versionsOf(capabilities),
      facts: learnedAt === null || capabilities === null ? null : { askedAt: learnedAt, ...factsOf(capabilities) },
      changed: changes === null || changedAt === null ? null : { at: changedAt, changes },
    }));
  }
}

const versionsOf = ({ platform = null, rest = null, atomfeed = null }: Partial<Told>) => ({ platform, rest, atomfeed });

const factsOf = ({
  clockSkewMs = null,
  clockWithinMs = null,
  pages = null,
  charset = null,
  takesUuids = false,
  takesItemUuids = false,
  feedFlavour = null,
  fhir2 = null,
}: Partial<Told>) => ({ clockSkewMs, clockWithinMs, pages, charset, takesUuids, takesItemUuids, feedFlavour, fhir2 });
