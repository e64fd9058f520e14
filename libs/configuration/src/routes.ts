import {
  type Client,
  feedOf,
  feedsOfEvery,
  isToldByFhirAlone,
  type RecordCategory,
  type Teller,
  TOLD_BESIDE,
  tellerFor,
  tellerOf,
  tellsAll,
} from '@sync-hub/categories';
import { type Aggregate, BugError, type Direction, type LinkId, ofMetadata, type Route, type SiteId } from '@sync-hub/contracts';
import { tiesGoneBy } from './in-catchment.js';
import { type Configuration, FEED_CATEGORIES, type FeedCategory, type LinkConfiguration, type SiteConfiguration } from './schema.js';

/** A link as one of its ends sees it. */
export interface LinkEnd {
  readonly link: LinkConfiguration;
  readonly side: 'parent' | 'child';
  /** The site at the other end. */
  readonly other: SiteId;
  /** The direction in which this end is the source. */
  readonly outward: Direction;
  /** The direction in which this end is the target. */
  readonly inward: Direction;
}

/** Every link that touches the site, whoever runs it. */
export const routesOf = (configuration: Configuration, site: SiteId): LinkEnd[] =>
  configuration.links.flatMap((link): LinkEnd[] => {
    if (link.parent === site) return [{ link, side: 'parent', other: link.child, outward: 'pull', inward: 'push' }];
    if (link.child === site) return [{ link, side: 'child', other: link.parent, outward: 'push', inward: 'pull' }];
    return [];
  });

/** One direction of a link, with its two ends by name. */
export const routeOf = (link: LinkConfiguration, direction: Direction): Route =>
  direction === 'pull'
    ? { link: link.id, direction, source: link.parent, target: link.child }
    : { link: link.id, direction, source: link.child, target: link.parent };

/** The links that an instance runs: this one, unless another is named. */
export const linksRunAt = (configuration: Configuration, instance: string = configuration.instance.id): LinkConfiguration[] =>
  configuration.links.filter((link) => link.runsAt === instance);

/** The routes that this instance runs and whose source is the site. */
export const routesFrom = (configuration: Configuration, site: SiteId): Route[] =>
  routesOf(configuration, site)
    .filter(({ link }) => link.runsAt === configuration.instance.id)
    .map(({ link, outward }) => routeOf(link, outward));

/** Both routes of every link that this instance runs. */
export const routesRunHere = (configuration: Configuration): Route[] =>
  linksRunAt(configuration).flatMap((link) => [routeOf(link, 'pull'), routeOf(link, 'push')]);

/** The sites at the ends of the links that this instance runs: those it watches and speaks to. */
export const sitesRunHere = (configuration: Configuration): SiteConfiguration[] => {
  const ends = new Set(linksRunAt(configuration).flatMap(({ parent, child }) => [parent, child]));
  return configuration.sites.filter(({ id }) => ends.has(id));
};

/** The site of that id. A `BugError` where there is none, because ids of a valid configuration all lead somewhere. */
export function siteOf(configuration: Configuration, site: SiteId): SiteConfiguration {
  const found = configuration.sites.find(({ id }) => id === site);
  if (found === undefined) throw new BugError('a site that is not in the configuration was asked for', { site });
  return found;
}

/** The link of that id, `null` where the configuration no longer has it. */
export const linkOf = (configuration: Configuration, link: LinkId): LinkConfiguration | null => configuration.links.find(({ id }) => id === link) ?? null;

/** The feeds whose entries lead to records of a category (atomfeed module 1.0.12: a patient's own feeds and those of its person). */
const FEEDS_OF: Readonly<Record<RecordCategory, readonly FeedCategory[]>> = {
  location: ['location'],
  person: ['person', 'person_name', 'person_address', 'person_attribute'],
  patient: ['patient', 'patient_identifier', 'person', 'person_name', 'person_address', 'person_attribute'],
  visit: ['visit'],
  // An obs is an event of its own, and leads to its encounter.
  encounter: ['encounter', 'observation'],
  observation: ['observation'],
  relationship: ['relationship'],
  programenrollment: ['programenrollment'],
  condition: ['condition'],
  diagnosis: ['diagnosis'],
  order: ['order', 'drug_order', 'test_order'],
  medicationdispense: ['medicationdispense'],
  allergy: ['allergy'],
  diagnosticreport: ['diagnosticreport'],
  task: ['task'],
  appointment: ['appointments'],
  cohort: ['cohort'],
  user: ['user'],
  systemsetting: ['systemsetting'],
  ...ofMetadata((kind) => [kind]),
};

/** Does an entry of that feed tell of changes to records of a category? */
const tellsOf = (teller: Teller, feed: FeedCategory, category: RecordCategory): boolean =>
  teller === 'generic' || teller === 'webhook' ? FEEDS_OF[category].includes(feed) : feedOf(teller, feed)?.tellsOf.includes(category) === true;

/**
 * The feeds of a site that are read: those it names, else those of every class that travels on a link run here, in either
 * direction, because what arrives at a target is seen in the target's own feed too; and at a parent those of what its catchments go by.
 */
export function feedCategoriesOf(configuration: Configuration, site: SiteId): FeedCategory[] {
  const { feed: told } = siteOf(configuration, site);
  if (told.categories !== undefined) return [...told.categories];
  const teller = tellerOf(told);
  const travelling = routesOf(configuration, site)
    .filter(({ link }) => link.runsAt === configuration.instance.id)
    .flatMap(({ link, side }) => [...categoriesOn(link), ...(side === 'parent' ? tiesGoneBy(link.catchment) : [])]);
  const published = new Set(feedsOfEvery(teller).map(({ category }) => category));
  return FEED_CATEGORIES.filter((feed) => published.has(feed) && travelling.some((category) => tellsOf(teller, feed, category)));
}

/** The categories of which a feed of the site tells. */
export const toldBy = ({ feed }: SiteConfiguration, category: FeedCategory): RecordCategory[] =>
  (Object.keys(FEEDS_OF) as RecordCategory[]).filter((one) => tellsOf(tellerOf(feed), category, one));

/** Those of them that are asked; what a site tells by itself is not. */
export const feedsAsked = (configuration: Configuration, site: SiteConfiguration): FeedCategory[] =>
  feedCategoriesOf(configuration, site.id).filter((category) => tellerFor(tellerOf(site.feed), category) !== 'webhook');

/** Is a category's every change told by one of the feeds that are read at a site of that configuration? */
export const isToldOf = ({ feed }: SiteConfiguration, category: RecordCategory): boolean =>
  (feed.categories ?? feedsOfEvery(tellerOf(feed)).map((told) => told.category as FeedCategory)).some((told) => tellsOf(tellerOf(feed), told, category));

/** Records of which not every change is told are asked for so often, unless the configuration says how often. */
const AUDIT_EVERY_HOURS = 24;

/** What of the records agreed on with a site is asked for from time to time, and how often; `null` where nothing is. */
export interface AuditOf {
  readonly everyHours: number;
  /** These aggregates alone; all where it is not said. */
  readonly only?: readonly Aggregate[];
}

/** What is told by fhir2 alone is asked for at every site it travels from or to, though the site's feed tells of all else. */
export function auditOf(configuration: Configuration, site: SiteConfiguration): AuditOf | null {
  const everyHours = auditEveryHoursOf(site);
  if (everyHours !== null) return { everyHours };
  return feedCategoriesOf(configuration, site.id).some(isToldByFhirAlone) ? { everyHours: AUDIT_EVERY_HOURS, only: TOLD_BESIDE } : null;
}

/** How often every record agreed on is asked for at the site, whatever its feed says; `null` for never. */
export const auditEveryHoursOf = ({ feed }: SiteConfiguration): number | null => feed.auditEveryHours ?? (tellsAll(tellerOf(feed)) ? null : AUDIT_EVERY_HOURS);

/** By which client records of a category are written at a site, where it can: what the class says, else the link, else the site. */
export const clientFor = (configuration: Configuration, link: LinkConfiguration, category: RecordCategory, site: SiteId): Client =>
  link.classes[category]?.client ?? link.client ?? siteOf(configuration, site).client;

/** The categories that travel on a link in at least one direction. */
export const categoriesOn = ({ classes }: Pick<LinkConfiguration, 'classes'>): RecordCategory[] =>
  (Object.keys(FEEDS_OF) as RecordCategory[]).filter((category) => classes[category]?.pull === true || classes[category]?.push === true);
