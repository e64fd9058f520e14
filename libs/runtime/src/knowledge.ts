import { type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import { type KnownForAdmission, type LinkConfiguration, type LinkEnd, type PlacesAbove, placesFor } from '@sync-hub/configuration';
import type { LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Agreement } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import {
  type AgreementRepository,
  type Job,
  type JobRepository,
  type MembershipRepository,
  NEVER_AGREED,
  type PlaceRepository,
  type SiteRepository,
  type StoredAgreement,
  type WaiterRepository,
} from '@sync-hub/persistence';

/** What one link knows of a record. */
export interface LinkKnowledge {
  readonly end: LinkEnd;
  /** As it is stored; `asOf` says what it still means. */
  readonly stored: StoredAgreement;
  readonly openJobs: readonly Job[];
}

/** What one link knows, with what its agreement still says now that the site was read. */
export interface LinkNow extends LinkKnowledge, KnownForAdmission {
  readonly agreement: Agreement | null;
}

/** What all links of a site know of a record, and which generations the sites are in; read before the site is. */
export interface RecordKnowledge {
  readonly links: readonly LinkKnowledge[];
  readonly revisions: Readonly<Record<LinkId, number>>;
  readonly generations: Readonly<Record<SiteId, number>>;
}

/** May the other end of the link have the record by what has travelled, or is travelling, out of this one? */
export const mayBeThere = ({ agreement, openJobs, end }: LinkNow): boolean =>
  agreement !== null || openJobs.some(({ route }) => route.direction === end.outward);

/** What is asked. */
export interface KnowledgeSources {
  readonly agreements: AgreementRepository;
  readonly jobs: JobRepository;
  readonly sites: SiteRepository;
  readonly memberships: MembershipRepository;
  readonly places: PlaceRepository;
  readonly waiters: WaiterRepository;
}

/** Asks agreements, jobs and sites, and what else admits a record. */
export class Knowledge {
  constructor(private readonly sources: KnowledgeSources) {}

  async of(ends: readonly LinkEnd[], site: SiteId, record: RecordRef): Promise<RecordKnowledge> {
    const ids = ends.map((end) => end.link.id);
    // Jobs first: one that ends meanwhile has left its agreement by then, so that one of the two is seen.
    const { agreements: agreed, jobs: open, sites } = this.sources;
    const jobs = await open.openFor(ids, record);
    const [agreements, generations] = await Promise.all([agreed.findAll(ids, record), sites.generations([site, ...ends.map((end) => end.other)])]);
    return {
      links: ends.map((end) => ({ end, stored: agreements.get(end.link.id) ?? NEVER_AGREED, openJobs: jobs.filter((job) => job.route.link === end.link.id) })),
      revisions: Object.fromEntries(ids.map((id) => [id, agreements.get(id)?.agreement?.revision ?? 0])),
      generations,
    };
  }

  /** What each link still says of the record, given what its site holds in its present life. */
  async asOf({ links, generations }: RecordKnowledge, site: SiteId, read: CanonicalRecord): Promise<readonly LinkNow[]> {
    const outward = links.map(({ end }) => end.link);
    const [members, callers, places] = await Promise.all([
      this.membersOf(
        outward.map(({ id }) => id),
        read,
      ),
      this.callersOf(outward, site, read),
      this.placesOf(
        site,
        links.flatMap(({ end }) => (end.side === 'parent' ? [end.link] : [])),
        read,
      ),
    ]);
    return links.map((known) => ({
      ...known,
      places,
      agreement: this.sources.agreements.asOf(known.stored, known.end.side, generations[site] ?? 1, read),
      isOfMember: members.has(known.end.link.id),
      isCalledFor: callers.has(known.end.link.id),
    }));
  }

  /** What a link must know to admit a record, besides what stands in it. */
  async forAdmission(link: LinkConfiguration, read: CanonicalRecord): Promise<KnownForAdmission> {
    const [members, callers, places] = await Promise.all([
      this.membersOf([link.id], read),
      this.callersOf([link], link.parent, read),
      this.placesOf(link.parent, [link], read),
    ]);
    return { isOfMember: members.has(link.id), isCalledFor: callers.has(link.id), places };
  }

  private async membersOf(links: readonly LinkId[], read: CanonicalRecord): Promise<ReadonlySet<LinkId>> {
    return this.sources.memberships.linksOf(
      links,
      patientsOf(read).map(({ uuid }) => uuid),
    );
  }

  /** The links to whose child the person goes because something there waits for her. */
  private async callersOf(links: readonly LinkConfiguration[], source: SiteId, read: CanonicalRecord): Promise<ReadonlySet<LinkId>> {
    const choosing = links.filter(({ parent, persons }) => parent === source && persons === 'referred-to');
    if (read.category !== 'person' || choosing.length === 0) return new Set();
    return this.sources.waiters.linksAwaiting(
      choosing.map(({ id, child }) => ({ id, target: child })),
      read.record,
    );
  }

  /** Where the places are by which the catchments of links of that parent go for the patient. */
  private async placesOf(parent: SiteId, links: readonly LinkConfiguration[], read: CanonicalRecord): Promise<PlacesAbove> {
    return read.category === 'patient'
      ? this.sources.places.above(parent, [...new Set(links.flatMap(({ catchment }) => placesFor(catchment, read)))])
      : new Map();
  }

  /** Does a link still say what it was known to say? Under the record's lock. */
  async isCurrent(tx: Tx, { end, stored }: LinkNow, record: RecordRef): Promise<boolean> {
    const { agreement } = await this.sources.agreements.findForSave(tx, end.link.id, record);
    return agreement?.revision === stored.agreement?.revision;
  }
}
