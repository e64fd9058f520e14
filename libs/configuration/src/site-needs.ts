import type { FeedFlavour, RecordCategory } from '@sync-hub/categories';
import type { SiteId } from '@sync-hub/contracts';
import { categoriesOn, feedCategoriesOf, routesOf, siteOf } from './routes.js';
import type { Configuration, FeedCategory } from './schema.js';

/**
 * What the links run here ask of a site: the classes that are read and written there, the feeds that are followed, and whether it is
 * the parent of one. A link that is only observed counts as if it were live: it is what it will need.
 */
export function siteNeeds(
  configuration: Configuration,
  site: SiteId,
): {
  readonly reads: readonly RecordCategory[];
  readonly writes: readonly RecordCategory[];
  readonly feeds: readonly FeedCategory[];
  readonly flavour: FeedFlavour;
  readonly isParent: boolean;
} {
  const ends = routesOf(configuration, site).filter(({ link }) => link.runsAt === configuration.instance.id);
  const writes = ends.flatMap(({ link, inward }) => categoriesOn(link).filter((category) => link.classes[category]?.[inward] === true));
  return {
    reads: [...new Set(ends.flatMap(({ link }) => categoriesOn(link)))],
    writes: [...new Set(writes)],
    feeds: feedCategoriesOf(configuration, site),
    flavour: siteOf(configuration, site).feed.flavour,
    isParent: ends.some(({ side }) => side === 'parent'),
  };
}
