import type { Simulator } from '@sync-hub/openmrs-simulator';
import { type Content, type Known, PRESENCE, type RecordKey } from './content.js';
import type { Open } from './hub-database.js';
import { recordsByPath } from './rival-edits.js';
import { onLink } from './waits.js';

/** The two ends of a link as seen from a job on it. */
export interface Route {
  readonly link: string;
  readonly source: string;
  readonly target: string;
}

/** What the sites themselves say of voids and what came of them. */
export interface Presences {
  /** The parent of every link; each is named after its child. */
  readonly parent: string;
  readonly heldAt: (site: string, record: RecordKey) => Content;
  /** Did the record come back there, by anybody's hand, as the site's own log tells? */
  readonly cameBackAt: (site: string, record: RecordKey) => boolean;
  /** Does the site bring back what it is asked to? */
  readonly undeletes: (site: string) => boolean;
}

export const routeOf = ({ what }: Open, parent: string): Route | null => {
  const [, link, direction] = /^job (\S+) (pull|push)$/.exec(what) ?? [];
  if (link === undefined) return null;
  return direction === 'pull' ? { link, source: parent, target: link } : { link, source: link, target: parent };
};

/** The restore that it is about cannot be done there by REST: exactly that, and nothing else of the record, is what the hub says. */
export const isRefusedRestore = ({ state, reason, code, details }: Open): boolean =>
  state === 'parked' && reason === 'refused' && code === 'unsupported' && JSON.stringify((details as { fields?: unknown } | null)?.fields) === '["presence"]';

/** Jobs held because one end cannot bring back what did come back at the other, with that end: each for as long as just that is so. */
export function heldRestores(
  open: readonly Open[],
  { parent, heldAt, cameBackAt, undeletes }: Presences,
): readonly { readonly job: Open; readonly route: Route }[] {
  return open.filter(isRefusedRestore).flatMap((job) => {
    const route = routeOf(job, parent);
    if (route === null || undeletes(route.target) || !cameBackAt(route.source, job.record)) return [];
    const [there, here] = [heldAt(route.source, job.record).get(PRESENCE), heldAt(route.target, job.record).get(PRESENCE)];
    return there === 'present' && here === 'voided' ? [{ job, route }] : [];
  });
}

/** Records on links that are held so. */
export const restoresOnLinks = (held: ReturnType<typeof heldRestores>): ReadonlySet<string> =>
  new Set(held.map(({ job, route }) => onLink(route.link, job.record)));

/** Whatever its feed tells as come back: a record by itself, or with the patient or the visit that it is of. */
function cameBack(site: Simulator, known: Known): ReadonlySet<RecordKey> {
  const recordOf = recordsByPath(site, known);
  return new Set(
    site.feedRows().flatMap(({ tags, category, object }) => {
      const record = tags?.endsWith(',UNVOIDED') === true ? recordOf(object?.split('?')[0] ?? '') : null;
      // One obs of an encounter may come back alone.
      return record === null || (category === 'observation' && record.startsWith('encounter/')) ? [] : [record];
    }),
  );
}

/** What the rows and the feeds of the sites say of it. */
export function presencesOf(sites: readonly Simulator[], knownAt: (site: string) => Known, heldAt: Presences['heldAt']): Presences {
  const back = new Map(sites.map((site) => [site.id, cameBack(site, knownAt(site.id))]));
  return {
    parent: sites[0]?.id ?? '',
    heldAt,
    cameBackAt: (site, record) => back.get(site)?.has(record) === true,
    undeletes: (site) => sites.some(({ id, profile }) => id === site && profile.undeletes),
  };
}
