import type { ConfigurationConsequence, Direction } from '@sync-hub/contracts';
import { admissionDigest } from '../admission-digest.js';
import { configurationChanges } from '../configuration-changes.js';
import { digestOf } from '../configuration-digest.js';
import type { Plugins } from '../plugins.js';
import { policiesDigest } from '../policy-of.js';
import { linksRunAt, sitesRunHere } from '../routes.js';
import type { Configuration, LinkConfiguration, SiteConfiguration } from '../schema.js';
import { type Writing, writingOn } from '../writing.js';

type Code = ConfigurationConsequence['code'];
type Consequence = Omit<ConfigurationConsequence, 'count'>;

/** What is known to follow where one configuration takes over from another, as the instance that runs the links sees it. */
export function configurationConsequences(before: Configuration, after: Configuration, plugins: Plugins): Consequence[] {
  const { needsRestart, links, sites } = configurationChanges(before, after);
  const of = (code: Code, all: readonly string[]): Consequence[] => all.map((at) => ({ code, at }));
  const entered = linksRunAt(after).filter(({ id }) => links.added.includes(id));
  const kept = linksRunAt(after).flatMap((link) => {
    const earlier = linksRunAt(before).find(({ id }) => id === link.id);
    return earlier === undefined ? [] : [{ earlier, link }];
  });
  return [
    ...of('needs-restart', needsRestart),
    ...of('link-out', links.removed),
    ...of('link-in', links.added),
    ...entered.flatMap((link) => (writingOn(after, link) === 'live' ? of('goes-live', [link.id]) : [])),
    ...kept.flatMap(({ earlier, link }) => [
      ...writingChange(link, writingOn(before, earlier), writingOn(after, link)),
      ...admissionChange(earlier, link, plugins),
      ...(policiesDigest(before, earlier, plugins) === policiesDigest(after, link, plugins) ? [] : of('judged-anew', [link.id])),
    ]),
    ...of('site-out', sites.removed),
    ...of('site-in', sites.added),
    ...of(
      'new-login',
      sitesRunHere(after)
        .filter((site) => isSpokenToOtherwise(before, site))
        .map(({ id }) => id),
    ),
  ];
}

const BECOMES = { live: 'goes-live', observe: 'only-observes', 'read-only': 'read-only' } as const satisfies Record<Writing, Code>;

const writingChange = ({ id }: LinkConfiguration, before: Writing, after: Writing): Consequence[] =>
  before === after ? [] : [{ code: BECOMES[after], at: id }];

function admissionChange(earlier: LinkConfiguration, link: LinkConfiguration, plugins: Plugins): Consequence[] {
  const isOther = (direction: Direction): boolean => admissionDigest(earlier, direction, plugins) !== admissionDigest(link, direction, plugins);
  if (!isOther('pull') && !isOther('push')) return [];
  const retires = link.whenPatientLeaves === 'retire' && digestOf(earlier.catchment) !== digestOf(link.catchment);
  return [{ code: 'looked-through', at: link.id }, ...(retires ? [{ code: 'leavers-retired', at: link.id } as const] : [])];
}

const isSpokenToOtherwise = (before: Configuration, { id, baseUrl, login }: SiteConfiguration): boolean => {
  const earlier = before.sites.find((site) => site.id === id);
  return earlier !== undefined && (earlier.baseUrl !== baseUrl || digestOf(earlier.login) !== digestOf(login));
};
