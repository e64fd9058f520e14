import { type Client, type RecordCategory, type Teller, tellerOf } from '@sync-hub/categories';
import type { SiteId } from '@sync-hub/contracts';
import { cohortsGoneBy, tiesGoneBy } from './in-catchment.js';
import { type MappedKind, mappedOn } from './mappings.js';
import { categoriesOn, clientFor, feedCategoriesOf, routesOf, siteOf } from './routes.js';
import type { Configuration, FeedCategory, LinkConfiguration } from './schema.js';

/** Whether a site must have something under a uuid, or must not, for what a link maps. */
export interface MappedThere {
  readonly link: string;
  readonly kind: MappedKind;
  readonly uuid: string;
  readonly mustBeThere: boolean;
}

/** Each end has what it is said to have; and the parent has nothing under the child's uuid, for that could be known at the child by no uuid. */
function mappedThere(link: LinkConfiguration, side: 'parent' | 'child'): readonly MappedThere[] {
  const mapped = mappedOn(link);
  const named = mapped.map(({ kind, ...one }): MappedThere => ({ link: link.id, kind, uuid: one[side], mustBeThere: true }));
  if (side === 'child') return named;
  const isNamed = ({ kind, child }: (typeof mapped)[number]): boolean => mapped.some((one) => one.kind === kind && one.parent === child);
  return [...named, ...mapped.filter((one) => !isNamed(one)).map(({ kind, child }): MappedThere => ({ link: link.id, kind, uuid: child, mustBeThere: false }))];
}

/**
 * What the links run here ask of a site: the classes that are read and written there, with what a parent's catchments go by, the feeds that are followed, and whether it is
 * the parent of one. A link that is only observed counts as if it were live: it is what it will need.
 */
export function siteNeeds(
  configuration: Configuration,
  site: SiteId,
): {
  readonly reads: readonly RecordCategory[];
  readonly writes: readonly RecordCategory[];
  readonly feeds: readonly FeedCategory[];
  readonly teller: Teller;
  readonly clients: readonly Client[];
  readonly isParent: boolean;
  readonly mapped: readonly MappedThere[];
  readonly readsCohorts: boolean;
} {
  const ends = routesOf(configuration, site).filter(({ link }) => link.runsAt === configuration.instance.id);
  const written = ends.flatMap(({ link, inward }) =>
    categoriesOn(link).flatMap((category) => (link.classes[category]?.[inward] === true ? [{ link, category }] : [])),
  );
  return {
    reads: [...new Set(ends.flatMap(({ link, side }) => [...categoriesOn(link), ...(side === 'parent' ? tiesGoneBy(link.catchment) : [])]))],
    writes: [...new Set(written.map(({ category }) => category))],
    feeds: feedCategoriesOf(configuration, site),
    teller: tellerOf(siteOf(configuration, site).feed),
    clients: [...new Set(written.map(({ link, category }) => clientFor(configuration, link, category, site)))],
    isParent: ends.some(({ side }) => side === 'parent'),
    mapped: ends.flatMap(({ link, side }) => mappedThere(link, side)),
    readsCohorts: ends.some(({ side, link }) => side === 'parent' && cohortsGoneBy(link.catchment).length > 0),
  };
}
