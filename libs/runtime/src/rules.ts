import type { CanonicalRecord } from '@sync-hub/categories';
import {
  type Admission,
  admits,
  admitsClass,
  type Configuration,
  type KnownForAdmission,
  type LinkConfiguration,
  type LinkEnd,
  linkOf,
  routeOf,
  routesOf,
  type SiteConfiguration,
  siteOf,
  type Writing,
  writingOn,
} from '@sync-hub/configuration';
import { type Direction, type LinkId, METADATA, type Metadata, type Route, type SiteId } from '@sync-hub/contracts';

/** What the link knows besides what stands in the record. */
export interface KnownOfRecord extends KnownForAdmission {
  /** The other end has it, or may have: the link has agreed on it, a job is carrying it there, or a write of it was never answered. */
  readonly mayBeThere: boolean;
}

/** The configuration in force, as the stages ask it. */
export class Rules {
  constructor(private configuration: Configuration) {}

  get current(): Configuration {
    return this.configuration;
  }

  /** A new configuration takes over, for every question asked from now on. */
  replace(configuration: Configuration): void {
    this.configuration = configuration;
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

  /** The kinds of metadata that travel on the link in that direction: what lacks one of them waits for it. */
  metadataOn(id: LinkId, direction: Direction): ReadonlySet<Metadata> {
    const link = this.link(id);
    return new Set(METADATA.filter((kind) => link !== null && admitsClass(link, direction, kind).admitted));
  }

  route(link: LinkConfiguration, direction: Direction): Route {
    return routeOf(link, direction);
  }

  /**
   * May the record travel on the link in that direction? A voided record shows no content for a catchment to judge, and its
   * tombstone follows the agreement: where the link has agreed on the record, its class alone is asked.
   */
  admits(link: LinkConfiguration, direction: Direction, record: CanonicalRecord, known: KnownOfRecord): Admission {
    const isDeletion = record.presence === 'voided' || record.presence === 'gone';
    return isDeletion && known.mayBeThere
      ? admitsClass(link, direction, record.category)
      : admits(link, direction, record, { ...known, isCalledFor: known.isCalledFor || known.mayBeThere });
  }
}
