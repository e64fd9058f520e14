import { type CanonicalRecord, onlyHeldIn, ownersOf, patientsListedIn, patientsOf, recordsNamedBy } from '@sync-hub/categories';
import {
  type BesideRecord,
  cohortsGoneBy,
  type KnownForAdmission,
  keepsAnything,
  type LinkConfiguration,
  type LinkEnd,
  MAPPED_KINDS,
  placesFor,
  tiesGoneBy,
} from '@sync-hub/configuration';
import type { Direction, LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Agreement } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import {
  type AgreementRepository,
  type CohortRepository,
  type DepartureRepository,
  type ExclusionRepository,
  type FollowedRepository,
  type Job,
  type JobRepository,
  type MembershipRepository,
  type MetadataPullRepository,
  NEVER_AGREED,
  type PatientStopRepository,
  type PlaceRepository,
  type SiteRepository,
  type StoredAgreement,
  type TieRepository,
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
  /** What was read, as the link sees it. */
  readonly seen: CanonicalRecord;
}

/** How a link sees a record: of patients in a list those alone whom its child holds. */
export type Sight = (record: CanonicalRecord) => CanonicalRecord;

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
  readonly ties: TieRepository;
  readonly cohorts: CohortRepository;
  readonly waiters: WaiterRepository;
  readonly pulls: MetadataPullRepository;
  readonly exclusions: ExclusionRepository;
  readonly departures: DepartureRepository;
  readonly followed: FollowedRepository;
  readonly patientStops: Pick<PatientStopRepository, 'erasedAmong' | 'sawErased'>;
}

const NOTHING_BESIDE: BesideRecord = { places: new Map(), ties: new Map(), cohorts: new Map() };

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
    const ids = outward.map(({ id }) => id);
    const [members, callers, asked, keepers, closed, followers, beside, sights] = await Promise.all([
      this.membersOf(ids, read),
      this.callersOf(outward, site, read),
      this.askingFor(
        outward.filter(({ parent }) => parent === site),
        read,
      ),
      this.keepersOf(
        links.map(({ end }) => ({ link: end.link, direction: end.outward })),
        read,
      ),
      this.closedTo(ids, read),
      this.followersOf(outward, site, read),
      this.besideRecord(
        site,
        links.flatMap(({ end }) => (end.side === 'parent' ? [end.link] : [])),
        read,
      ),
      this.sightsOf(ids, [read]),
    ]);
    const now = links.map((known) => ({ ...known, seen: sights(known.end.link.id)(read) }));
    return now.map((known) => ({
      ...known,
      ...beside,
      agreement: this.sources.agreements.asOf(known.stored, known.end.side, generations[site] ?? 1, known.seen),
      isOfMember: members.has(known.end.link.id),
      isCalledFor: callers.has(known.end.link.id),
      isAskedFor: asked.has(known.end.link.id),
      refersToKept: keepers.has(known.end.link.id),
      isClosed: closed.has(known.end.link.id),
      isFollowed: followers.has(known.end.link.id),
    }));
  }

  /**
   * How each of the links sees these records, by one look at whom its child holds: what stands at one end is then seen as what stands at the other, and
   * who is not held is neither added nor taken for removed.
   */
  async sightsOf(links: readonly LinkId[], records: readonly CanonicalRecord[]): Promise<(link: LinkId) => Sight> {
    const held = await this.sources.memberships.heldOn(links, [...new Set(records.flatMap(patientsListedIn))]);
    return (link) => (record) => onlyHeldIn(record, (patient) => held.get(link)?.has(patient) === true);
  }

  /** What a link must know to admit a record, besides what stands in it. */
  async forAdmission(link: LinkConfiguration, direction: Direction, read: CanonicalRecord): Promise<KnownForAdmission> {
    const [members, callers, asked, keepers, closed, followers, beside] = await Promise.all([
      this.membersOf([link.id], read),
      this.callersOf([link], link.parent, read),
      this.askingFor([link], read),
      this.keepersOf([{ link, direction }], read),
      this.closedTo([link.id], read),
      this.followersOf([link], link.parent, read),
      this.besideRecord(link.parent, [link], read),
    ]);
    return {
      isOfMember: members.has(link.id),
      isCalledFor: callers.has(link.id),
      isAskedFor: asked.has(link.id),
      refersToKept: keepers.has(link.id),
      isClosed: closed.has(link.id),
      isFollowed: followers.has(link.id),
      ...beside,
    };
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

  /** Records that a person has asked to be pulled on the link, each as `aggregate/uuid`. */
  askedOn(link: LinkId): Promise<ReadonlySet<string>> {
    return this.sources.pulls.askedOn(link);
  }

  /** The links on which a person has asked for the record: metadata, places, and persons whom these are of; never a patient, who goes where her catchment says. */
  private async askingFor(links: readonly LinkConfiguration[], { record, presence, category }: CanonicalRecord): Promise<ReadonlySet<LinkId>> {
    const mayBeAsked = category === 'person' || MAPPED_KINDS.some((kind) => kind === record.aggregate);
    if (presence === 'absent' || links.length === 0 || !mayBeAsked) return new Set();
    return this.sources.pulls.linksAskingFor(
      links.map(({ id }) => id),
      record,
    );
  }

  /** What the catchments of links of that parent go by for the patient, beside her record: her ties there, where her places are, and who is in its cohorts. */
  private async besideRecord(parent: SiteId, links: readonly LinkConfiguration[], read: CanonicalRecord): Promise<BesideRecord> {
    if (read.category !== 'patient') return NOTHING_BESIDE;
    const catchments = links.map(({ catchment }) => catchment);
    const ties = await this.sources.ties.of(parent, read.record.uuid, [...new Set(catchments.flatMap(tiesGoneBy))]);
    const places = await this.sources.places.above(parent, [...new Set(catchments.flatMap((catchment) => placesFor(catchment, read, ties)))]);
    const cohorts = await this.sources.cohorts.of(parent, read.record.uuid, [...new Set(catchments.flatMap(cohortsGoneBy))]);
    return { places, ties, cohorts };
  }

  /** The patient of whom the record is and who was erased; `null` where none was. */
  erasedOf(read: CanonicalRecord): Promise<Uuid | null> {
    return this.sources.patientStops.erasedAmong(ownersOf(read));
  }

  /** It was looked at, and nothing of it is kept; where it stands is, for when she is let go on. */
  sawErased(tx: Tx, patient: Uuid, site: SiteId, record: RecordRef): Promise<void> {
    return this.sources.patientStops.sawErased(tx, patient, site, record);
  }

  /** The links on which nothing of the record travels because a patient has left. */
  private closedTo(links: readonly LinkId[], read: CanonicalRecord): Promise<ReadonlySet<LinkId>> {
    return this.sources.departures.linksClosedTo(
      links,
      read.record,
      patientsOf(read).map(({ uuid }) => uuid),
    );
  }

  /** The links out of that parent whose child the patient goes to whatever its catchment says. */
  private async followersOf(links: readonly LinkConfiguration[], parent: SiteId, read: CanonicalRecord): Promise<ReadonlySet<LinkId>> {
    const down = links.filter((link) => link.parent === parent).map(({ id }) => id);
    return read.category !== 'patient' || down.length === 0 ? new Set() : this.sources.followed.linksFollowing(down, read.record.uuid);
  }

  /** The links that keep, by what they exclude, a record that this one refers to. */
  private async keepersOf(
    routes: readonly { readonly link: LinkConfiguration; readonly direction: Direction }[],
    read: CanonicalRecord,
  ): Promise<ReadonlySet<LinkId>> {
    const excluding = routes.filter(({ link }) => keepsAnything(link)).map(({ link, direction }) => ({ link: link.id, direction }));
    return this.sources.exclusions.linksKeeping(excluding, recordsNamedBy(read));
  }

  /** Does a link still say what it was known to say? Under the record's lock. */
  async isCurrent(tx: Tx, { end, stored }: LinkNow, record: RecordRef): Promise<boolean> {
    const { agreement } = await this.sources.agreements.findForSave(tx, end.link.id, record);
    return agreement?.revision === stored.agreement?.revision;
  }
}
