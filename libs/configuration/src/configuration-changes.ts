import type { LinkId, SiteId } from '@sync-hub/contracts';
import { configurationDigest, digestOf } from './configuration-digest.js';
import { pathText } from './problem.js';
import { linkOf, linksRunAt, sitesRunHere } from './routes.js';
import type { Configuration, LinkConfiguration } from './schema.js';

/** What came, went, or is no longer what it was, by id. */
export interface Difference<Id> {
  readonly added: readonly Id[];
  readonly removed: readonly Id[];
  readonly changed: readonly Id[];
}

/** How one configuration differs from another, as the instance that runs its links sees it. */
export interface ConfigurationChanges {
  /** Places of what cannot be changed while the instance runs, such as `instance.id` or `links[1].runsAt`. */
  readonly needsRestart: readonly string[];
  readonly sites: Difference<SiteId>;
  readonly links: Difference<LinkId>;
  /** False where both say the same, however they are written. */
  readonly isAny: boolean;
}

/** What changes from one configuration to the next. Sites and links are those that the instance runs. */
export const configurationChanges = (before: Configuration, after: Configuration): ConfigurationChanges => ({
  needsRestart: restartFor(before, after),
  sites: difference(sitesRunHere(before), sitesRunHere(after)),
  links: difference(linksRunAt(before), linksRunAt(after)),
  isAny: configurationDigest(before) !== configurationDigest(after),
});

/**
 * Who the instance is, where it listens, who runs a link and which two sites it joins: what is known of a link is kept under its id, and another
 * instance has to be sure that this one has ended. A link that comes or goes as a whole is none of these.
 */
function restartFor(before: Configuration, after: Configuration): string[] {
  return [
    ...(before.instance.id === after.instance.id ? [] : ['instance.id']),
    ...(['webhooks', 'receives'] as const).filter((key) => isMoved(before.instance[key], after.instance[key])).map((key) => `instance.${key}`),
    ...(hostOfConsole(before) === hostOfConsole(after) ? [] : ['instance.console']),
    ...after.links.flatMap((link, index) => {
      const earlier = linkOf(before, link.id);
      if (earlier === null || ![earlier.runsAt, link.runsAt].includes(before.instance.id)) return [];
      return LASTING.filter((key) => earlier[key] !== link[key]).map((key) => pathText(['links', index, key]));
    }),
  ];
}

/** Whom it listens to may change; where it does may not, once it does. */
const isMoved = (before: Listening | undefined, after: Listening | undefined): boolean =>
  before !== undefined && (before.host !== after?.host || before.port !== after.port);

/** It listens from the start, whatever is said. */
const hostOfConsole = ({ instance }: Configuration): string => instance.console?.host ?? '127.0.0.1';

interface Listening {
  readonly host: string;
  readonly port: number;
}

const LASTING = ['parent', 'child', 'runsAt'] as const satisfies readonly (keyof LinkConfiguration)[];

function difference<One extends { readonly id: string }>(before: readonly One[], after: readonly One[]): Difference<string> {
  const earlier = new Map(before.map((one) => [one.id, one]));
  const later = new Map(after.map((one) => [one.id, one]));
  return {
    added: after.filter(({ id }) => !earlier.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !later.has(id)).map(({ id }) => id),
    changed: after.filter((one) => earlier.has(one.id) && digestOf(earlier.get(one.id)) !== digestOf(one)).map(({ id }) => id),
  };
}
