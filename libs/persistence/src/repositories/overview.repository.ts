import type { CHANGE_ENDS, Direction, LinkId, Outcome, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import { AuditOverviewRepository } from './audit-overview.repository.js';
import { ClosedClassRepository } from './closed-class.repository.js';
import { FailingWorkRepository } from './failing-work.repository.js';
import { LinkOverviewRepository, type Shown } from './link-overview.repository.js';
import { MetadataDriftRepository, NOT_COMPARED } from './metadata-drift.repository.js';
import { type HeldReason, NOT_OBSERVED, RouteOverviewRepository } from './route-overview.repository.js';
import { RunningProcessRepository } from './running-process.repository.js';
import { SiteOverviewRepository } from './site-overview.repository.js';

/** What the details of something held name: fields, the privilege that is missing, the patient who has the identifier. */
const STUMBLED_OVER = `array(select jsonb_array_elements_text(case when jsonb_typeof(details -> 'fields') = 'array' then details -> 'fields' else '[]' end))
           || array(select 'privilege ' || (details ->> 'privilege') where details ? 'privilege') || array(select details ->> 'holder' where details ? 'holder')`;

/** What waits for a class that is closed at its site is told of by that. */
const NOT_SHUT_OUT = `not (state = 'parked' and reason = 'class-closed')`;

/** What a reader of a feed notes, and has mended by reading on; or what is no more than that nobody has entered anything yet. */
const NO_TROUBLE = ['never-had-an-entry', 're-anchored', 'moved-while-reading', 'late-entries'];

/** What the console shows, read in one go: ids, names, codes, counts and times, nothing of a record's content. */
export class OverviewRepository {
  private readonly closedClasses: ClosedClassRepository;
  private readonly linkOverviews: LinkOverviewRepository;
  private readonly siteOverviews: SiteOverviewRepository;
  private readonly routes: RouteOverviewRepository;
  private readonly drift: MetadataDriftRepository;
  private readonly failing: FailingWorkRepository;
  private readonly processes: RunningProcessRepository;
  private readonly audit: AuditOverviewRepository;

  constructor(
    private readonly database: Database,
    /** No others are shown, and those without a job are. */
    private readonly shown: () => Shown,
  ) {
    this.closedClasses = new ClosedClassRepository(database);
    this.linkOverviews = new LinkOverviewRepository(database);
    this.siteOverviews = new SiteOverviewRepository(database);
    this.routes = new RouteOverviewRepository(database);
    this.drift = new MetadataDriftRepository(database);
    this.failing = new FailingWorkRepository(database);
    this.processes = new RunningProcessRepository(database);
    this.audit = new AuditOverviewRepository(database);
  }

  async read() {
    const shown = this.shown();
    const [standing, held, heldTotal, ends, observed, processes, leftLinks, drift, audit, failing, closedClasses] = await Promise.all([
      this.standing(),
      this.held(),
      this.heldTotal(),
      this.ends(),
      this.linkOverviews.observed(),
      this.processes.overview(),
      this.linkOverviews.left(),
      this.drift.shown(shown.links.map(({ link }) => link)),
      this.audit.of(shown),
      this.failing.shown(),
      this.closedClasses.shown(shown),
    ]);
    return {
      ...standing,
      links: standing.links.map((one) => ({ ...one, drift: drift.get(one.link) ?? NOT_COMPARED })),
      closedClasses,
      held,
      heldTotal,
      ends,
      observed,
      processes,
      leftLinks,
      audit,
      failing,
    };
  }

  /** What says how fresh each route is: sites with their feeds, links, and routes with their work. */
  async standing() {
    const shown = this.shown();
    const [sites, feeds, routes, links] = await Promise.all([
      this.siteOverviews.read(),
      this.feeds(),
      this.routes.read(shown.routes),
      this.linkOverviews.links(shown.links),
    ]);
    return {
      takenAt: new Date(),
      sites: sites.flatMap((site) => {
        const found = shown.sites.find((one) => one.site === site.site);
        if (found === undefined) return [];
        const own = feeds.filter((feed) => feed.site === site.site).map((feed) => ({ ...feed, ...askedOf(found, feed.category) }));
        return [{ ...site, rests: found.rests, feeds: own }];
      }),
      links,
      routes,
    };
  }

  /** What a board is made of, and no more. */
  async forBoard() {
    const [standing, closedClasses, heldTotal] = await Promise.all([this.standing(), this.closedClasses.shown(this.shown()), this.heldTotal()]);
    return { ...standing, closedClasses, heldTotal };
  }

  /** Counts for the meters. */
  async backlog(): Promise<{ readonly outboxUnsettled: number; readonly changesOpen: number; readonly jobs: Readonly<Record<string, number>> }> {
    const [outbox, changes, jobs] = await Promise.all([
      this.database.query<{ count: number }>(
        `select count(*)::int as count from outbox where exists (
           select 1 from unnest(consumers) as consumer (stage) left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage where settled_at is null)`,
      ),
      this.database.query<{ count: number }>(`select count(*)::int as count from change where state <> 'ended'`),
      this.database.query<{ state: string; count: number }>(`select state, count(*)::int as count from job where state <> 'ended' group by state`),
    ]);
    return {
      outboxUnsettled: outbox[0]?.count ?? 0,
      changesOpen: changes[0]?.count ?? 0,
      jobs: Object.fromEntries(jobs.map(({ state, count }) => [state, count])),
    };
  }

  private async feeds() {
    const rows = await this.database.query<{
      site: string;
      category: string;
      readAt: Date | null;
      newestEntryAt: Date | null;
      entries: string;
      trouble: string | null;
      readToEndAt: Date | null;
      isBehind: boolean;
      behindFrom: Date | null;
      behindUntil: Date | null;
    }>(
      `select site, category, read_at as "readAt", last_entry_at as "newestEntryAt", entries,
         at_end_at as "readToEndAt", is_behind as "isBehind", behind_from as "behindFrom", behind_until as "behindUntil",
         coalesce(case when not finding = any($1) then finding end, (select 'unreadable-entries' from unreadable_entry as entry where entry.site = feed_marker.site and entry.category = feed_marker.category limit 1)) as trouble
       from feed_marker order by site, category`,
      [NO_TROUBLE],
    );
    return rows.map(({ entries, isBehind, behindFrom, behindUntil, ...row }) => ({
      ...row,
      entriesRead: Number(entries),
      behind: isBehind ? { from: behindFrom, until: behindUntil } : null,
    }));
  }

  private async held() {
    return this.database.query<{
      kind: 'job' | 'change';
      id: string;
      record: RecordRef;
      link: LinkId | null;
      direction: Direction | null;
      site: SiteId;
      why: HeldReason;
      code: string;
      names: string[];
      since: Date;
    }>(
      `select 'job' as kind, id, json_build_object('aggregate', aggregate, 'uuid', uuid) as record, link, direction, target as site,
         case when state = 'parked' then reason else state end as why, coalesce(code, '') as code,
         array(select resource || '/' || waiter.uuid || coalesce(' (' || blocked_by || ')', '') from waiter where job_id = job.id order by 1)
           || ${STUMBLED_OVER} as names, held_at as since
       from job where state in ('waiting', 'conflict', 'parked') and ${NOT_OBSERVED} and ${NOT_SHUT_OUT}
       union all
       select 'change', id, json_build_object('aggregate', aggregate, 'uuid', uuid), null, null, site, reason, coalesce(code, ''), ${STUMBLED_OVER}, held_at from change where state = 'parked' and ${NOT_SHUT_OUT}
       order by since limit 200`,
    );
  }

  private async heldTotal(): Promise<number> {
    const [row] = await this.database.query<{ total: number }>(
      `select ((select count(*) from job where state in ('waiting', 'conflict', 'parked') and ${NOT_OBSERVED} and ${NOT_SHUT_OUT})
         + (select count(*) from change where state = 'parked' and ${NOT_SHUT_OUT}))::int as total`,
    );
    return row?.total ?? 0;
  }

  private ends() {
    return this.database.query<{
      kind: 'job' | 'change';
      record: RecordRef;
      link: LinkId | null;
      direction: Direction | null;
      site: SiteId;
      end: Outcome | (typeof CHANGE_ENDS)[number];
      fields: string[];
      lost: string[];
      at: Date;
      seconds: number | null;
    }>(
      `select * from (
         (select 'job' as kind, json_build_object('aggregate', aggregate, 'uuid', uuid) as record, link, direction, target as site, outcome as end, written as fields, lost, ended_at as at,
            extract(epoch from ended_at - opened_at)::float as seconds
          from job where state = 'ended' order by ended_at desc limit 100)
         union all
         (select 'change', json_build_object('aggregate', aggregate, 'uuid', uuid), null, null, site, ended_as, array[]::text[], array[]::text[], ended_at, extract(epoch from ended_at - opened_at)::float
          from change where state = 'ended' and ended_as <> 'mapped' order by ended_at desc limit 100)
       ) as ends order by at desc limit 100`,
    );
  }
}

/** Is the feed read by us, and of which categories does it tell? */
function askedOf({ asked }: Shown['sites'][number], category: string) {
  const found = asked.find(({ feed }) => feed === category);
  return { isAsked: found !== undefined, tellsOf: found?.tellsOf ?? [] };
}
