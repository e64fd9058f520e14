import type { CanonicalRecord } from '@sync-hub/categories';
import {
  type Admission,
  admits,
  admitsClass,
  type Configuration,
  isResting,
  type KnownForAdmission,
  type LinkConfiguration,
  type LinkEnd,
  linkOf,
  NO_PLUGINS,
  type Plugins,
  routeOf,
  routesOf,
  type Shown,
  type SiteConfiguration,
  scheduleRest,
  shownOf,
  siteOf,
  unfitBy,
  type Writing,
  writingOn,
} from '@sync-hub/configuration';
import { type Direction, type LinkId, METADATA, type Metadata, type Route, type SiteId } from '@sync-hub/contracts';

/** What the link knows besides what stands in the record. */
export interface KnownOfRecord extends KnownForAdmission {
  /** The other end has it, or may have: the link has agreed on it, a job is carrying it there, or a write of it was never answered. */
  readonly mayBeThere: boolean;
}

/** What somebody does when another configuration has taken over. */
type Taking = (configuration: Configuration) => Promise<void>;

/** The configuration in force, as the stages ask it. */
export class Rules {
  private readonly takings: Taking[] = [];
  private notedLast: ReadonlyMap<LinkId, string> = new Map();

  constructor(
    private configuration: Configuration,
    readonly plugins: Plugins = NO_PLUGINS,
    private readonly now = () => new Date(),
  ) {}

  get current(): Configuration {
    return this.configuration;
  }

  /** A new configuration takes over, for every question asked from now on. */
  replace(configuration: Configuration): void {
    this.configuration = configuration;
  }

  /** Does this each time that another configuration has taken over: for whoever keeps something for each site or link. It may be done twice for the same. */
  onTaken(taking: Taking): void {
    this.takings.push(taking);
  }

  /** Tells all who keep something for each site or link. Throws the first failure once all have been told. */
  async tell(): Promise<void> {
    const told = await Promise.allSettled(this.takings.map((taking) => taking(this.configuration)));
    for (const one of told) if (one.status === 'rejected') throw one.reason;
  }

  /** What the writes of each link go by was noted for all processes to see. */
  noted(writesBy: ReadonlyMap<LinkId, string>): void {
    this.notedLast = writesBy;
  }

  /** What this process has noted last of the link; `null` if nothing. */
  writesBy(id: LinkId): string | null {
    return this.notedLast.get(id) ?? null;
  }

  site(id: SiteId): SiteConfiguration {
    return siteOf(this.configuration, id);
  }

  /** The links that touch the site and are run by this instance, as the site sees them. */
  linksOf(site: SiteId): readonly LinkEnd[] {
    return routesOf(this.configuration, site).filter(({ link }) => link.runsAt === this.configuration.instance.id);
  }

  /** The link, if this instance still runs it. */
  link(id: LinkId): LinkConfiguration | null {
    const link = linkOf(this.configuration, id);
    return link?.runsAt === this.configuration.instance.id ? link : null;
  }

  /** What may be done to the ends of the link now; nothing on one that this instance does not run. */
  writing(id: LinkId): Writing {
    const link = this.link(id);
    return link === null ? 'observe' : writingOn(this.configuration, link);
  }

  /** Is the site outside of its windows now? Then nothing is asked of it. */
  isResting(id: SiteId): boolean {
    const site = this.configuration.sites.find((one) => one.id === id);
    return site !== undefined && isResting(site, this.now());
  }

  /** What takes part, and what of it rests now. */
  shown(): Shown {
    return shownOf(this.configuration, this.now());
  }

  /** How long it is until the link's schedule lets anything be written in that direction; 0 where it does, or the link is not run here. */
  secondsToSchedule(id: LinkId, direction: Direction): number {
    const [link, now] = [this.link(id), this.now()];
    const rest = link === null ? null : scheduleRest(this.configuration, link, direction, now);
    return rest === null ? 0 : rest.until === null ? Number.POSITIVE_INFINITY : Math.ceil((rest.until.getTime() - now.getTime()) / 1000);
  }

  /** The kinds of metadata that travel on the link in that direction: what lacks one of them waits for it. */
  metadataOn(id: LinkId, direction: Direction): ReadonlySet<Metadata> {
    const link = this.link(id);
    return new Set(METADATA.filter((kind) => link !== null && admitsClass(link, direction, kind).admitted));
  }

  /** The validator that finds the record unfit to travel on the route; `null` where none does. What is deleted shows nothing to judge. */
  unfitBy(id: LinkId, direction: Direction, record: CanonicalRecord): string | null {
    const link = this.link(id);
    return link === null || record.presence !== 'present' ? null : unfitBy(link.validators, direction, record, this.plugins);
  }

  route(link: LinkConfiguration, direction: Direction): Route {
    return routeOf(link, direction);
  }

  /**
   * May the record travel on the link in that direction? A voided record shows no content for a catchment to judge, and its
   * deletion follows the agreement: where the link has agreed on the record, its class alone is asked.
   */
  admits(link: LinkConfiguration, direction: Direction, record: CanonicalRecord, known: KnownOfRecord): Admission {
    if (known.isClosed) return { admitted: false, why: 'patient-left' };
    const isDeletion = record.presence === 'voided' || record.presence === 'gone';
    return isDeletion && known.mayBeThere && !known.isAskedFor
      ? admitsClass(link, direction, record.category)
      : admits(link, direction, record, { ...known, plugins: this.plugins, isCalledFor: known.isCalledFor || known.mayBeThere });
  }
}
