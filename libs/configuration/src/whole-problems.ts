import { CATEGORIES, feedOf } from '@sync-hub/categories';
import { didYouMean } from './did-you-mean.js';
import type { Path, Problem } from './problem.js';
import { categoriesOn, isToldOf } from './routes.js';
import { type Configuration, FEED_CATEGORIES, type LinkConfiguration, type SiteConfiguration } from './schema.js';

/** What is wrong with a configuration as a whole though each part of it is well-formed: names, ends, trees, addresses, directions. */
export function wholeProblems(configuration: Configuration): Problem[] {
  const { sites, links } = configuration;
  return [
    ...repeated(
      sites.map(({ id }, index) => [id, ['sites', index, 'id']]),
      'an id that no other site has',
    ),
    ...repeated(
      sites.map(({ baseUrl }, index) => [addressKey(baseUrl), ['sites', index, 'baseUrl']]),
      'a server that no other site is: one server is one site',
    ),
    ...repeated(
      links.map(({ id }, index) => [id, ['links', index, 'id']]),
      'an id that no other link has',
    ),
    ...links.flatMap((link, index) =>
      endProblems(
        link,
        index,
        sites.map(({ id }) => id),
      ),
    ),
    ...parentProblems(links),
    ...links.flatMap(directionProblems),
    ...sites.flatMap(feedProblems),
    ...links.flatMap((link, index) => untoldProblems(link, index, sites)),
    ...runsNowhere(configuration),
  ];
}

/** One server however it is spelt: host in lower case, default port left out. */
const addressKey = (baseUrl: string): string => new URL(baseUrl).href.replace(/^https?:/, '');

function repeated(keyed: readonly (readonly [string, Path])[], allowed: string): Problem[] {
  const first = new Map<string, Path>();
  return keyed.flatMap(([key, path]): Problem[] => {
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, path);
      return [];
    }
    return [problem(path, `what ${earlier.slice(0, 1).join('')}[${String(earlier[1])}] has too`, allowed)];
  });
}

function endProblems(link: LinkConfiguration, index: number, siteIds: readonly string[]): Problem[] {
  const unknown = (['parent', 'child'] as const)
    .filter((end) => !siteIds.includes(link[end]))
    .map((end) =>
      problem(['links', index, end], `${JSON.stringify(link[end])}, which is no site`, `a site: ${siteIds.join(', ')}`, didYouMean(link[end], siteIds)),
    );
  const itself = link.parent === link.child ? [problem(['links', index, 'child'], 'the parent itself', 'another site than the parent')] : [];
  return [...unknown, ...itself];
}

/** A child has one parent, and nobody is above itself; so no pair is linked twice either. */
function parentProblems(links: readonly LinkConfiguration[]): Problem[] {
  const linkOfChild = new Map<string, LinkConfiguration>();
  return links.flatMap((link, index): Problem[] => {
    const other = linkOfChild.get(link.child);
    if (other !== undefined)
      return [
        problem(
          ['links', index, 'child'],
          `a child that link ${other.id} already gives the parent ${other.parent}`,
          'a site that no other link has as its child',
        ),
      ];
    linkOfChild.set(link.child, link);
    return link.parent !== link.child && isAbove(link.child, link.parent, linkOfChild)
      ? [
          problem(
            ['links', index, 'parent'],
            `a site that is below its own child ${link.child}`,
            'a parent that stands above the child, so that links make a tree',
          ),
        ]
      : [];
  });
}

function isAbove(site: string, below: string, linkOfChild: ReadonlyMap<string, LinkConfiguration>): boolean {
  const seen = new Set<string>();
  for (let at = linkOfChild.get(below)?.parent; at !== undefined && !seen.has(at); at = linkOfChild.get(at)?.parent) {
    if (at === site) return true;
    seen.add(at);
  }
  return false;
}

/** What the parent owns may go up only where the link says so. */
function directionProblems(link: LinkConfiguration, index: number): Problem[] {
  if (link.metadataFromChild) return [];
  const allowed = "false, since the parent owns the metadata; or metadataFromChild: true on this link, if its child may change the parent's";
  const owned = categoriesOn(link).filter((category) => CATEGORIES[category].flows === 'parent-to-child' && link.classes[category]?.push === true);
  return owned.map((category) => problem(['links', index, 'classes', category, 'push'], 'true', allowed));
}

/** Feeds that the site's flavour does not have. */
function feedProblems({ feed: { flavour, categories = [] } }: SiteConfiguration, index: number): Problem[] {
  const allowed = `a feed that the ${flavour} module has: ${FEED_CATEGORIES.filter((category) => feedOf(flavour, category) !== undefined).join(', ')}`;
  return categories.flatMap((category, place) =>
    feedOf(flavour, category) === undefined ? [problem(['sites', index, 'feed', 'categories', place], `the text ${JSON.stringify(category)}`, allowed)] : [],
  );
}

/** Classes that are to travel from a site whose feed never says that such a record is new: nobody would notice that nothing comes. */
function untoldProblems(link: LinkConfiguration, index: number, sites: readonly SiteConfiguration[]): Problem[] {
  return categoriesOn(link).flatMap((category) =>
    (['pull', 'push'] as const).flatMap((direction): Problem[] => {
      const source = sites.find(({ id }) => id === (direction === 'pull' ? link.parent : link.child));
      if (link.classes[category]?.[direction] !== true || source === undefined || source.feed.flavour === 'generic' || isToldOf(source, category)) return [];
      const allowed = `false, since the feed of ${source.id} (flavour ${source.feed.flavour}) tells of no ${category}`;
      return [problem(['links', index, 'classes', category, direction], 'true', allowed)];
    }),
  );
}

function runsNowhere({ instance, links }: Configuration): Problem[] {
  if (links.length === 0 || links.some(({ runsAt }) => runsAt === instance.id)) return [];
  const allowed = `at least one link with runsAt: ${instance.id}, the instance that this file is for`;
  const meant = links.map(({ runsAt }) => didYouMean(runsAt, [instance.id])).find((hint) => hint !== null) ?? null;
  return [problem(['links'], 'no link that runs here', allowed, meant === null ? null : `runsAt: ${meant}`)];
}

const problem = (path: Path, found: string, allowed: string, hint: string | null = null): Problem => ({ path, found, allowed, didYouMean: hint });
