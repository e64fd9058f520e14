import { type EncounterState, type ObsState, type RowState, type SimulatorState, type VisitState } from '@sync-hub/openmrs-simulator';
import { type Content, entry, type Held, type Known, live, PRESENCE, type RecordKey, typedAttributes, VOIDED } from './held.js';
import { LIST_KINDS, listContents } from './list-content.js';

/** A uuid of a site, of whatever kind of record, as it is known everywhere. */
export type KnownUuid = (uuid: string) => string;

const KINDS = ['location', 'person', 'visit', 'encounter', 'obs', ...LIST_KINDS] as const;

/** The aliases of all kinds in one; no two records share a uuid. */
export const knownUuid =
  (known: Known): KnownUuid =>
  (uuid) =>
    KINDS.map((kind) => known(`${kind}/${uuid}`)).find((one) => one !== uuid) ?? uuid;

/** Visits, encounters with all their obs, obs in no encounter, and the lists that are kept of a patient: what people see of each at one site. */
export function careContents(state: SimulatorState, known: Known): readonly (readonly [RecordKey, Content])[] {
  const everywhere = knownUuid(known);
  return [
    ...state.visits.map((row) => [`visit/${everywhere(row.uuid)}`, visitContent(row, everywhere)] as const),
    ...state.encounters.map((row) => [`encounter/${everywhere(row.uuid)}`, encounterContent(row, everywhere)] as const),
    ...state.obs.map((row) => [`obs/${everywhere(row.uuid)}`, standaloneContent(row, everywhere)] as const),
    ...listContents(state, everywhere),
  ];
}

const INSTANTS = new Set(['startDatetime', 'stopDatetime', 'encounterDatetime', 'obsDatetime']);

function scalars(values: RowState['values'], names: readonly string[], everywhere: KnownUuid): [string, Held][] {
  return names.flatMap((name) => {
    const value = values[name];
    if (INSTANTS.has(name)) return entry(name, typeof value === 'number' ? momentOf(value) : null);
    return entry(name, typeof value === 'string' ? everywhere(value) : value);
  });
}

/** A moment in UTC, cut to seconds. */
const momentOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function visitContent(row: VisitState, everywhere: KnownUuid): Content {
  if (row.gone) return VOIDED;
  return new Map<string, Held>([
    [PRESENCE, 'present'],
    ...scalars(row.values, ['patient', 'visitType', 'location', 'indication', 'startDatetime', 'stopDatetime'], everywhere),
    ...typedAttributes(row.attributes),
  ]);
}

function encounterContent(row: EncounterState, everywhere: KnownUuid): Content {
  if (row.gone) return VOIDED;
  return new Map<string, Held>([
    [PRESENCE, 'present'],
    ...scalars(row.values, ['patient', 'encounterType', 'encounterDatetime', 'location', 'visit', 'form'], everywhere),
    ...live(row.providers).map(({ values }): [string, Held] => [`encounterProviders[${String(values['provider'])}|${String(values['encounterRole'])}]`, true]),
    ...carriedObs(row.obs).flatMap((obs) =>
      obsEntries(obs, { obsDatetime: row.values['encounterDatetime'] ?? null, location: row.values['location'] ?? null }, everywhere),
    ),
  ]);
}

function standaloneContent(row: ObsState, everywhere: KnownUuid): Content {
  if (row.gone) return VOIDED;
  return new Map<string, Held>([
    [PRESENCE, 'present'],
    ...scalars(row.values, ['person'], everywhere),
    ...carriedObs([row]).flatMap((obs) => obsEntries(obs, {}, everywhere)),
  ]);
}

/** An obs and all that is in it, voided ones and what is in them left out. */
export const liveObs = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => (one.gone ? [] : [one, ...liveObs(one.members)]));

/** A group whose members are all voided says nothing; no server takes such an obs, and it is reported as not carried. */
const carriedObs = (obs: readonly ObsState[]): readonly ObsState[] => liveObs(obs).filter((one) => live(one.members).length > 0 || hasValue(one));

const hasValue = ({ values }: ObsState): boolean => Object.entries(values).some(([column, value]) => column.startsWith('value') && (value ?? null) !== null);

const OWN_FIELDS = ['comment', 'formFieldNamespace', 'formFieldPath'];

/** Under its uuid what it says; beside it what it says otherwise than the encounter that it is in. */
function obsEntries({ uuid, values }: ObsState, inherited: RowState['values'], everywhere: KnownUuid): [string, Held][] {
  const path = `obs[${everywhere(uuid)}]`;
  const differing = ['obsDatetime', 'location'].filter((name) => (values[name] ?? null) !== (inherited[name] ?? null));
  const status = values['status'] === 'FINAL' ? [] : ['status'];
  const fields = scalars(values, [...OWN_FIELDS, ...differing, ...status], everywhere);
  return [[path, saying(values, everywhere)], ...fields.map(([name, held]): [string, Held] => [`${path}.${name}`, held])];
}

const VALUES: Readonly<Record<string, string>> = { valueNumeric: 'numeric', valueText: 'text', valueDate: 'date' };

/** Concept, group and value of an obs in one text. */
export function saying(values: RowState['values'], everywhere: KnownUuid): string {
  const { concept, obsGroup, valueCoded } = values;
  const told = Object.entries(VALUES).flatMap(([column, kind]) => entry(kind, values[column]));
  const coded = entry('coded', valueCoded);
  const moment = typeof values['valueDatetime'] === 'number' ? entry('datetime', `${momentOf(values['valueDatetime']).slice(0, 16)}Z`) : [];
  const time = typeof values['valueTime'] === 'string' ? entry('time', values['valueTime'].slice(0, 5)) : [];
  return JSON.stringify(
    Object.fromEntries([
      ...entry('concept', concept),
      ...(typeof obsGroup === 'string' ? entry('group', everywhere(obsGroup)) : []),
      ...told,
      ...coded,
      ...time,
      ...moment,
    ]),
  );
}
