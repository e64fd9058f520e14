import { CATEGORIES, feedOf, type Teller, tellerOf } from '@sync-hub/categories';
import { didYouMean } from './did-you-mean.js';
import { tiesGoneBy } from './in-catchment.js';
import { mappingProblems } from './mappings.js';
import { messageProblems } from './message-problems.js';
import { policyProblems } from './policy-problems.js';
import { type Path, type Problem, pathText } from './problem.js';
import { categoriesOn, isToldOf, sitesRunHere } from './routes.js';
import { type Configuration, FEED_CATEGORIES, type LinkConfiguration, type SiteConfiguration } from './schema.js';
import { settingProblems } from './settings.js';
import { widgetProblems } from './widget-problems.js';
import { windowProblems } from './window-problems.js';

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
    ...links.flatMap(immunizationProblems),
    ...links.flatMap(settingProblems),
    ...links.flatMap(mappingProblems),
    ...sites.flatMap(feedProblems),
    ...sites.flatMap(webhookProblems),
    ...nobodyListens(configuration),
    ...receivingProblems(configuration),
    ...links.flatMap((link, index) => untoldProblems(link, index, sites)),
    ...links.flatMap((link, index) => unseenProblems(link, index, sites)),
    ...windowProblems(configuration),
    ...widgetProblems(configuration),
    ...messageProblems(configuration),
    ...policyProblems(configuration),
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
    return [problem(path, `what ${pathText(earlier.slice(0, -1))} has too`, allowed)];
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

/** An immunization is a group of obs: its switch says nothing that those of its encounter and of obs do not say. */
function immunizationProblems({ classes }: LinkConfiguration, index: number): Problem[] {
  return (['pull', 'push'] as const).flatMap((direction): Problem[] => {
    const off = (['encounter', 'observation'] as const).filter((category) => classes[category]?.[direction] !== true);
    if (classes.immunization?.[direction] !== true || off.length === 0) return [];
    const allowed = `false; or true where ${off.join(' and ')} ${off.length === 1 ? 'has' : 'have'} ${direction}: true too: it is a group of obs, and travels with all of them`;
    return [problem(['links', index, 'classes', 'immunization', direction], 'true', allowed)];
  });
}

const TELLS: Readonly<Record<Teller, string>> = {
  generic: 'the generic module',
  bahmni: 'the bahmni module',
  'fhir-lastupdated': 'fhir2',
  webhook: 'a webhook',
};

/** A site that tells of its changes by itself must sign them, and tells of none that is past. */
function webhookProblems({ feed: { handler, secret, startAt } }: SiteConfiguration, index: number): Problem[] {
  const at = (key: string): Path => ['sites', index, 'feed', key];
  if (handler !== 'webhook') return secret === undefined ? [] : [problem(at('secret'), 'a secret', 'none, unless handler is webhook')];
  return [
    ...(secret === undefined ? [problem(at('secret'), 'nothing', 'a reference to the secret that the site signs with, { env: NAME } or { file: PATH }')] : []),
    ...(startAt === 'now' ? [] : [problem(at('startAt'), startAt, 'now: a webhook tells of nothing that was before')]),
  ];
}

function nobodyListens(configuration: Configuration): Problem[] {
  const telling = sitesRunHere(configuration).filter(({ feed }) => feed.handler === 'webhook');
  if (telling.length === 0 || configuration.instance.webhooks !== undefined) return [];
  return [problem(['instance', 'webhooks'], 'nothing', `host and port to listen on, since ${telling.map(({ id }) => id).join(', ')} sends its changes here`)];
}

/** Who is received from is told apart by its id, and knows a secret that nobody else does. */
function receivingProblems({ instance: { id: own, receives } }: Configuration): Problem[] {
  const from = receives?.from ?? [];
  const at = (index: number, key: string): Path => ['instance', 'receives', 'from', index, key];
  const itself = from.findIndex(({ id }) => id === own);
  return [
    ...repeated(
      from.map(({ id }, index) => [id, at(index, 'id')]),
      'an instance that is not named yet',
    ),
    ...repeated(
      from.map(({ secret }, index) => [JSON.stringify(secret), at(index, 'secret')]),
      'a secret that no other instance has',
    ),
    ...(itself === -1 ? [] : [problem(at(itself, 'id'), 'this instance itself', 'other instances')]),
  ];
}

/** Feeds that the site has not, as it is told of. */
function feedProblems({ feed }: SiteConfiguration, index: number): Problem[] {
  const { categories = [] } = feed;
  const teller = tellerOf(feed);
  const allowed = `what ${TELLS[teller]} tells of: ${FEED_CATEGORIES.filter((category) => feedOf(teller, category) !== undefined).join(', ')}`;
  return categories.flatMap((category, place) =>
    feedOf(teller, category) === undefined ? [problem(['sites', index, 'feed', 'categories', place], `the text ${JSON.stringify(category)}`, allowed)] : [],
  );
}

/** Classes that are to travel from a site whose feed never says that such a record is new: nobody would notice that nothing comes. */
function untoldProblems(link: LinkConfiguration, index: number, sites: readonly SiteConfiguration[]): Problem[] {
  return categoriesOn(link).flatMap((category) =>
    (['pull', 'push'] as const).flatMap((direction): Problem[] => {
      const source = sites.find(({ id }) => id === (direction === 'pull' ? link.parent : link.child));
      if (link.classes[category]?.[direction] !== true || source === undefined || tellerOf(source.feed) === 'generic' || isToldOf(source, category)) return [];
      const allowed = `false, since ${TELLS[tellerOf(source.feed)]} at ${source.id} tells of no ${category}`;
      return [problem(['links', index, 'classes', category, direction], 'true', allowed)];
    }),
  );
}

/** A catchment that goes by what the parent's feed never tells of: nobody would notice who comes in, or leaves. */
function unseenProblems({ parent, catchment }: LinkConfiguration, index: number, sites: readonly SiteConfiguration[]): Problem[] {
  const source = sites.find(({ id }) => id === parent);
  if (source === undefined) return [];
  return tiesGoneBy(catchment)
    .filter((category) => !isToldOf(source, category))
    .map((category) =>
      problem(['links', index, 'catchment'], `a rule that goes by ${category}`, `rules by what the feeds of ${parent} tell of, which ${category} is not`),
    );
}

function runsNowhere({ instance, links }: Configuration): Problem[] {
  if (links.length === 0 || links.some(({ runsAt }) => runsAt === instance.id)) return [];
  const allowed = `at least one link with runsAt: ${instance.id}, the instance that this file is for`;
  const meant = links.map(({ runsAt }) => didYouMean(runsAt, [instance.id])).find((hint) => hint !== null) ?? null;
  return [problem(['links'], 'no link that runs here', allowed, meant === null ? null : `runsAt: ${meant}`)];
}

const problem = (path: Path, found: string, allowed: string, hint: string | null = null): Problem => ({ path, found, allowed, didYouMean: hint });
