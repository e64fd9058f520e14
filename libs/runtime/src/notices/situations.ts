import type { MessagesConfiguration } from '@sync-hub/configuration';
import type { Route, Situation, SituationKind } from '@sync-hub/contracts';
import type { ObservedState } from '@sync-hub/persistence';

/** What is known of the hub beside its tables. */
export interface Around {
  readonly at: Date;
  /** Sites and links that are run here; nobody is told of others. */
  readonly sites: readonly { readonly site: string; readonly isResting: boolean }[];
  readonly links: readonly string[];
  /** Keys of what people were told of and is not over. */
  readonly known: ReadonlySet<string>;
  /** Routes past their freshness target, and since when. */
  readonly late: readonly { readonly route: Route; readonly since: Date }[];
  /** Instances that report here; and of those that have, since when one was not heard of that should have been. */
  readonly instances: readonly string[];
  readonly unheard: readonly { readonly origin: string; readonly since: Date }[];
}

const NOWHERE = { site: null, link: null, direction: null, count: 0 } as const;
const MINUTE_MS = 60_000;

/** What people are to be told of now: one for each thing that is wrong, however many records it is about. */
export function situationsIn(state: ObservedState, around: Around, { downMinutes }: Pick<MessagesConfiguration, 'downMinutes'>): readonly Situation[] {
  const { at, sites, links, late, unheard } = around;
  const siteOf = (id: string | null) => sites.find(({ site }) => site === id);
  return [
    ...state.sites.flatMap(({ site, state: kind, since }): Situation[] => {
      const known = siteOf(site);
      if (known === undefined) return [];
      const key = keyOf(kind, site);
      // Outside of its windows it is asked nothing: nobody is told then that it is down, nor that it is not.
      if (kind === 'down' && !around.known.has(key) && (known.isResting || at.getTime() - since.getTime() < downMinutes * MINUTE_MS)) return [];
      return [{ ...NOWHERE, key, kind, site, since }];
    }),
    ...state.brakes.flatMap(({ link, since }): Situation[] =>
      links.includes(link) ? [{ ...NOWHERE, key: keyOf('braked', link), kind: 'braked', link, since }] : [],
    ),
    ...state.held.flatMap(({ link, site, since, count }): Situation[] => {
      const isHere = link === null ? siteOf(site) !== undefined : links.includes(link);
      return isHere ? [{ ...NOWHERE, key: link === null ? keyOf('held', 'at', site ?? '') : keyOf('held', link), kind: 'held', site, link, since, count }] : [];
    }),
    ...state.conflicts.flatMap(({ link, since, count }): Situation[] =>
      links.includes(link) ? [{ ...NOWHERE, key: keyOf('conflict', link), kind: 'conflict', link, since, count }] : [],
    ),
    ...late.map(
      ({ route: { link, direction }, since }): Situation => ({ ...NOWHERE, key: keyOf('late', link, direction), kind: 'late', link, direction, since }),
    ),
    ...unheard.map(({ origin, since }): Situation => ({ ...NOWHERE, key: keyOf('unheard', origin), kind: 'unheard', site: origin, since })),
  ];
}

const keyOf = (kind: SituationKind, ...of: readonly string[]): string => [kind, ...of].join('/');

/** Is it of a site or a link that is run here, or of an instance that reports here? What is not any more is over, and nobody knows how. */
export const isRunHere = (
  { kind, site, link }: Pick<Situation, 'kind' | 'site' | 'link'>,
  { sites, links, instances }: Pick<Around, 'sites' | 'links' | 'instances'>,
): boolean => {
  if (kind === 'unheard') return site !== null && instances.includes(site);
  return site === null ? link !== null && links.includes(link) : sites.some((one) => one.site === site);
};
