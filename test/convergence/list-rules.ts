import type { EnrollmentState, RowState, Simulator } from '@sync-hub/openmrs-simulator';
import type { Known } from './content.js';
import { live } from './held.js';
import { type Open, PUT_OFF } from './hub-database.js';
import type { Edit } from './ledger.js';
import { type ListKind, rowsOf } from './list-content.js';
import { type Route, routeOf } from './restores.js';
import { onLink } from './waits.js';

/** What servers refuse, or leave in two, where two clinics do the same at once: docs/status.md, "Does not yet". */
export type Rule =
  | 'an allergen that stands there until somebody is answered'
  | 'an order that two went on with'
  | 'an order that follows a voided one'
  | 'two states at once'
  | 'a condition that two edited';

/** A job that is held by such a rule, with where it would have gone. */
export interface ByRule {
  readonly rule: Rule;
  readonly job: Open;
  readonly route: Route;
}

interface Ends {
  readonly sites: readonly Simulator[];
  readonly knownAt: (site: string) => Known;
  /** Records that somebody is asked about, by their link. */
  readonly asked?: ReadonlySet<string>;
}

const isRefused = ({ what, state, reason }: Open): boolean => what.startsWith('job ') && state === 'parked' && (reason === 'refused' || reason === 'gave-up');

const isWaiting = ({ what, state, reason }: Open): boolean => what.startsWith('job ') && state === 'waiting' && reason === 'reference';

/** Of one record, under the uuid it is known by everywhere, what stands at a site. */
function rowAt({ sites, knownAt }: Ends, site: string, record: string): RowState | undefined {
  const [kind, uuid] = record.split('/') as [ListKind, string];
  const state = sites.find(({ id }) => id === site)?.state();
  return state === undefined ? undefined : rowsOf(kind, state).find((row) => knownAt(site)(`${kind}/${row.uuid}`) === uuid);
}

const STOPPING: readonly unknown[] = ['REVISE', 'DISCONTINUE'];

/** At the target somebody else has already stopped the order that it follows, so that the server takes nothing more that stops it (OrderServiceImpl.stopOrder). */
function isFollowedThere(ends: Ends, { source, target }: Route, record: string): boolean {
  const previous = rowAt(ends, source, record)?.values['previousOrder'] ?? null;
  const there = ends.sites.find(({ id }) => id === target)?.state().orders ?? [];
  return previous !== null && there.some(({ gone, values }) => !gone && values['previousOrder'] === previous && STOPPING.includes(values['action']));
}

/** What it follows was voided, or never came to the target, and comes no more: no server takes what stops it. */
function followsVoided(ends: Ends, { source, target }: Route, record: string): boolean {
  const previous = ends.sites
    .find(({ id }) => id === source)
    ?.state()
    .orders.find(({ uuid }) => uuid === rowAt(ends, source, record)?.values['previousOrder']);
  return previous?.gone === true && rowAt(ends, target, `order/${ends.knownAt(source)(`order/${previous.uuid}`)}`)?.gone !== false;
}

/** Each end has a state that the other has not (PatientProgramValidator). */
function moveTwoWays(ends: Ends, { source, target }: Route, record: string): boolean {
  const statesAt = (site: string): readonly string[] => {
    const states = (rowAt(ends, site, record) as EnrollmentState | undefined)?.states ?? [];
    return live(states).map(({ values: { state, startDate } }) => `${String(state)} ${String(startDate)}`);
  };
  const [here, there] = [statesAt(source), statesAt(target)];
  return here.some((one) => !there.includes(one)) && there.some((one) => !here.includes(one));
}

const isPutOff = ({ what, state }: Open): boolean => what.startsWith('job ') && state === PUT_OFF;

/** What it takes the place of lives on at the target, because somebody changed it there, and is asked about: no server has two of one allergen (AllergyValidator). */
function allergenStands(ends: Ends, { link, source, target }: Route, record: string): boolean {
  const allergenOf = ({ values }: RowState): string => JSON.stringify([values['patient'], values['codedAllergen'] ?? null, values['nonCodedAllergen'] ?? null]);
  const ours = rowAt(ends, source, record);
  const there = ends.sites.find(({ id }) => id === target)?.state().allergies ?? [];
  const alike = live(there).filter((row) => ours !== undefined && allergenOf(row) === allergenOf(ours));
  return alike.some(({ uuid }) => ends.asked?.has(onLink(link, `allergy/${ends.knownAt(target)(`allergy/${uuid}`)}`)) === true);
}

type Applies = (ends: Ends, route: Route, record: string) => boolean;

const RULES: readonly { readonly rule: Rule; readonly of: string; readonly holds: (job: Open) => boolean; readonly applies: Applies }[] = [
  { rule: 'an allergen that stands there until somebody is answered', of: 'allergy/', holds: isPutOff, applies: allergenStands },
  { rule: 'an order that two went on with', of: 'order/', holds: isRefused, applies: isFollowedThere },
  { rule: 'an order that follows a voided one', of: 'order/', holds: isWaiting, applies: followsVoided },
  { rule: 'two states at once', of: 'programenrollment/', holds: isRefused, applies: moveTwoWays },
];

/** The jobs that are held by a rule of the servers, for as long as it is so. */
export function heldByRule(open: readonly Open[], ends: Ends): readonly ByRule[] {
  const parent = ends.sites[0]?.id ?? '';
  return open.flatMap((job): ByRule[] => {
    const route = routeOf(job, parent);
    const found = RULES.find(({ of, holds, applies }) => route !== null && job.record.startsWith(of) && holds(job) && applies(ends, route, job.record));
    return route === null || found === undefined ? [] : [{ rule: found.rule, job, route }];
  });
}

export const rulesOnLinks = (held: readonly ByRule[]): ReadonlySet<string> => new Set(held.map(({ job, route }) => onLink(route.link, job.record)));

/** How often a rule was used, by its name: of conditions, how many were edited by more than one. */
export function rulesUsed(held: readonly ByRule[], edits: readonly Edit[]): ReadonlyMap<Rule, number> {
  const records = (rule: Rule): number => new Set(held.filter((one) => one.rule === rule).map(({ job }) => job.record)).size;
  const corrected = edits.filter(({ what, after }) => what === CORRECTED && after.get('presence') === 'voided').map(({ record }) => record);
  return new Map<Rule, number>([
    ...RULES.map(({ rule }): [Rule, number] => [rule, records(rule)]),
    ['a condition that two edited', new Set(corrected.filter((record, index) => corrected.indexOf(record) !== index)).size],
  ]);
}

const CORRECTED = 'correct a condition';
