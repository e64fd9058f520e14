import { setTimeout as delay } from 'node:timers/promises';
import type { CanonicalRecord } from '@sync-hub/categories';
import { type Configuration, routesFrom, type SiteConfiguration, shownOf, sitesRunHere } from '@sync-hub/configuration';
import {
  type Completeness,
  OWN_BECAUSE,
  type OwnAsked,
  type OwnDesk,
  type OwnGroup,
  type OwnList,
  type OwnRecord,
  type OwnSite,
  type SiteId,
} from '@sync-hub/contracts';
import type {
  CompletenessRepository,
  HeldRepository,
  LinkOverviewRepository,
  OwnRepository,
  OwnRow,
  RecordTimelineRepository,
  SnapshotRepository,
} from '@sync-hub/persistence';
import { labelled, snapshotOrNull } from '../held/index.js';
import { type PatientPages, patientToLookUp } from '../patient-pages.js';
import { becauseOf, type Standing } from './because.js';
import { CountCompleteness } from './count-completeness.js';

/** What the desk of what is a site's own stands on. */
export interface OwnDeskParts {
  readonly own: OwnRepository;
  readonly completeness: CompletenessRepository;
  readonly snapshots: Pick<SnapshotRepository, 'read'>;
  readonly timelines: Pick<RecordTimelineRepository, 'patientOf'>;
  readonly held: Pick<HeldRepository, 'away'>;
  readonly links: Pick<LinkOverviewRepository, 'links' | 'paused'>;
  readonly patientPage: PatientPages;
  readonly configuration: () => Configuration;
}

const KEPT_MS = 10 * 60_000;
const ANSWERS_WITHIN_MS = 8000;
/** Of what was not looked at yet, whose it is is searched for in the audit; of so many at most. */
const MOST_SEARCHED = 100;

/** What of a site has not arrived at the other ends of its links, for the people who entered it there. */
export class HubOwnDesk implements OwnDesk {
  private readonly counted = new Map<SiteId, { readonly answer: Promise<Completeness>; readonly until: number }>();

  constructor(private readonly parts: OwnDeskParts) {}

  async sites(): Promise<readonly OwnSite[]> {
    return sitesRunHere(this.parts.configuration()).map(siteTold);
  }

  async list(id: SiteId, { most }: OwnAsked): Promise<OwnList | null> {
    const configuration = this.parts.configuration();
    const site = siteIn(configuration, id);
    if (site === undefined) return null;
    const links = [...new Set(routesFrom(configuration, id).map(({ link }) => link))];
    const [rows, standing] = await Promise.all([this.parts.own.rows(id, links, most), this.standing(configuration)]);
    const groups = await Promise.all(grouped(rows).map((of) => this.group(id, of, standing)));
    const order = (group: OwnGroup): number => OWN_BECAUSE.indexOf(group.because);
    return {
      site: siteTold(site),
      takenAt: new Date().toISOString(),
      all: groups.reduce((sum, { count }) => sum + count, 0),
      groups: groups.sort((a, b) => order(a) - order(b) || b.count - a.count || (a.id < b.id ? -1 : 1)),
    };
  }

  /** Counted once for everybody who asks within ten minutes: all that is agreed is opened for it. Where that takes long it is said that it is under way. */
  async completeness(id: SiteId): Promise<Completeness | null> {
    if (siteIn(this.parts.configuration(), id) === undefined) return null;
    const before = this.counted.get(id);
    if (before !== undefined && performance.now() < before.until) return soon(id, before.answer);
    const kept = { answer: this.count(id), until: performance.now() + KEPT_MS };
    this.counted.set(id, kept);
    kept.answer.catch(() => {
      if (this.counted.get(id) === kept) this.counted.delete(id);
    });
    return soon(id, kept.answer);
  }

  private async count(site: SiteId): Promise<Completeness> {
    const ends = routesFrom(this.parts.configuration(), site).map(({ link, direction, target }) => ({
      link,
      side: direction === 'push' ? ('child' as const) : ('parent' as const),
      other: target,
    }));
    const counts: CountCompleteness[] = [];
    for (const end of ends) {
      const count = new CountCompleteness(end);
      for await (const record of this.parts.completeness.known(end.link)) count.take(record);
      counts.push(count);
    }
    return {
      site,
      countedAt: new Date().toISOString(),
      rows: counts.flatMap((count) => count.rows()),
      unread: await this.parts.completeness.unread([site, ...ends.map(({ other }) => other)]),
      sealed: counts.reduce((sum, { sealed }) => sum + sealed, 0),
    };
  }

  private async standing(configuration: Configuration): Promise<Standing> {
    const shown = shownOf(configuration);
    const [away, links, paused] = await Promise.all([this.parts.held.away(), this.parts.links.links(shown.links), this.parts.links.paused()]);
    return {
      shown,
      away,
      braked: new Set(links.flatMap(({ link, braked }) => (braked === null ? [] : [link]))),
      paused: new Set(paused.map(({ link, direction }) => `${link} ${direction}`)),
    };
  }

  private async group(source: SiteId, rows: readonly OwnRow[], standing: Standing): Promise<OwnGroup> {
    const [first] = rows as readonly [OwnRow];
    const { group, kind, link, direction, site, category, code, names, count, oldestAt } = first;
    const read = await Promise.all(rows.map(({ snapshot }) => snapshotOrNull(this.parts.snapshots, snapshot)));
    const labels = read[0]?.labels ?? {};
    const told = { id: group, kind, link, direction, site, category, code, count, oldestAt: oldestAt.toISOString() };
    const records = await Promise.all(rows.map((row, index) => this.record(source, row, read[index] ?? null, index)));
    return { ...told, ...becauseOf(first, source, standing), names: names.map((name) => labelled(name, labels)), records };
  }

  private async record(site: SiteId, row: OwnRow, read: CanonicalRecord | null, index: number): Promise<OwnRecord> {
    const { id, aggregate, uuid, since, conflict } = row;
    const patient = await this.patientOf(row, read, index);
    const page = patient === null ? null : await this.parts.patientPage(site, { aggregate: 'person', uuid: patient });
    return { id, record: { aggregate, uuid }, since: since.toISOString(), conflict, patient: patient === null ? null : { uuid: patient, page } };
  }

  private async patientOf({ uuid }: OwnRow, read: CanonicalRecord | null, index: number): Promise<string | null> {
    if (read !== null) return patientToLookUp(read)?.uuid ?? null;
    return index < MOST_SEARCHED ? this.parts.timelines.patientOf(uuid) : null;
  }
}

const siteIn = (configuration: Configuration, id: SiteId): SiteConfiguration | undefined => sitesRunHere(configuration).find((site) => site.id === id);

const siteTold = ({ id, title, patientPage }: SiteConfiguration): OwnSite => ({ site: id, title: title ?? id, hasPatientPage: patientPage !== undefined });

/** What is there within a few seconds. */
async function soon(site: SiteId, answer: Promise<Completeness>): Promise<Completeness> {
  const ended = new AbortController();
  const later = delay(ANSWERS_WITHIN_MS, { site, countedAt: new Date().toISOString(), rows: null, unread: 0, sealed: 0 }, { signal: ended.signal });
  later.catch(() => undefined);
  return Promise.race([answer, later]).finally(() => ended.abort());
}

/** They come group by group. */
function grouped(rows: readonly OwnRow[]): readonly (readonly OwnRow[])[] {
  const groups: OwnRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.group === row.group) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
