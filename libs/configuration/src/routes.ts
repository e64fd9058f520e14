import { type FeedFlavour, feedOf, feedsOfEvery, publishesVoids, type RecordCategory } from '@sync-hub/categories';
import { BugError, type Direction, type LinkId, ofMetadata, type Route, type SiteId } from '@sync-hub/contracts';
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
  ...ofMetadata((kind) => [kind]),
};

/** Does an entry of that feed tell of changes to records of a category? */
const tellsOf = (flavour: FeedFlavour, feed: FeedCategory, category: RecordCategory): boolean =>
  flavour === 'generic' ? FEEDS_OF[category].includes(feed) : feedOf(flavour, feed)?.tellsOf.includes(category) === true;

/**
 * The feeds of a site that are read: those it names, else those of every class that travels on a link run here, in either
 * direction, because what arrives at a target is seen in the target's own feed too.
 */
export function feedCategoriesOf(configuration: Configuration, site: SiteId): FeedCategory[] {
  const { categories: named, flavour } = siteOf(configuration, site).feed;
  if (named !== undefined) return [...named];
  const travelling = routesOf(configuration, site)
    .filter(({ link }) => link.runsAt === configuration.instance.id)
    .flatMap(({ link }) => categoriesOn(link));
  const published = new Set(feedsOfEvery(flavour).map(({ category }) => category));
  return FEED_CATEGORIES.filter((feed) => published.has(feed) && travelling.some((category) => tellsOf(flavour, feed, category)));
}

/** Is a category's every change told by one of the feeds that are read at a site of that configuration? */
export const isToldOf = ({ feed: { flavour, categories } }: SiteConfiguration, category: RecordCategory): boolean =>
  (categories ?? feedsOfEvery(flavour).map((feed) => feed.category as FeedCategory)).some((feed) => tellsOf(flavour, feed, category));

/** Records that a feed does not tell the end of are asked for so often, unless the configuration says how often. */
const AUDIT_EVERY_HOURS = 24;

/** How often every record agreed on is asked for at the site, whatever its feed says; `null` for never. */
export const auditEveryHoursOf = ({ feed: { flavour, auditEveryHours } }: SiteConfiguration): number | null =>
  auditEveryHours ?? (publishesVoids(flavour) ? null : AUDIT_EVERY_HOURS);

/** The categories that travel on a link in at least one direction. */
export const categoriesOn = ({ classes }: LinkConfiguration): RecordCategory[] =>
  (Object.keys(FEEDS_OF) as RecordCategory[]).filter((category) => classes[category]?.pull === true || classes[category]?.push === true);
