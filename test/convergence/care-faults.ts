import type { EncounterState, ObsState, SimulatorState } from '@sync-hub/openmrs-simulator';
import { type KnownUuid, liveObs, saying } from './care-content.js';
import type { KeptConflict } from './hub-database.js';

/**
 * Which obs are of one family: each took the place of another of it, at whichever site that happened, or says what another of its encounter
 * says or said (of two that say the same, either may stand for the other).
 */
export interface Lineage {
  /** A word for the family; an obs that nobody knows is one of its own. */
  readonly familyOf: (uuid: string) => string;
  /** How many of the family took nobody's place. */
  readonly rootsOf: (family: string) => number;
}

/** One site, as its rows stand, and the uuids it has of its own as they are known everywhere. */
export interface SiteRows {
  readonly state: SimulatorState;
  readonly everywhere: KnownUuid;
}

const allObs = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...allObs(one.members)]);

interface Kin {
  readonly own: string;
  readonly before: string | null;
  /** What it says, and where. */
  readonly says: string;
}

/** What a site calls an obs of others says nothing of whose place that one took: its own site knows. */
const kinAt = ({ state, everywhere }: SiteRows): readonly Kin[] =>
  [...state.encounters.map(({ uuid, obs }) => ({ uuid, obs })), { uuid: '', obs: state.obs }].flatMap(({ uuid: encounter, obs }) =>
    allObs(obs).map(({ uuid, values }) => {
      const before = values['previousVersion'];
      const says = `${everywhere(encounter)} ${saying({ ...values, obsGroup: null }, everywhere)}`;
      return { own: everywhere(uuid), before: typeof before === 'string' && everywhere(uuid) === uuid ? everywhere(before) : null, says };
    }),
  );

export function lineageOf(sites: readonly SiteRows[]): Lineage {
  const kin = sites.flatMap(kinAt);
  const families = new Map<string, string>();
  const familyOf = (uuid: string): string => {
    const next = families.get(uuid) ?? uuid;
    return next === uuid ? uuid : familyOf(next);
  };
  const join = (one: string, other: string): void => void families.set(familyOf(one), familyOf(other));
  const saidBy = new Map<string, string>();
  for (const { own, before, says } of kin) {
    if (before !== null) join(own, before);
    join(own, saidBy.get(says) ?? own);
    saidBy.set(says, own);
  }
  const successors = new Set(kin.flatMap(({ own, before }) => (before === null ? [] : [own])));
  const roots = [...new Set(kin.flatMap(({ own, before }) => [own, ...(before === null ? [] : [before])]))].filter((uuid) => !successors.has(uuid));
  return { familyOf, rootsOf: (family) => roots.filter((uuid) => familyOf(uuid) === family).length };
}

/** What no two people ever type, as `care-scene.ts` has them type it. */
const TYPED_ONCE = /"(numeric":3[0-5]\.\d|text":"NQ)/;

/** More live obs of one family in one encounter than the family began with, or two that say what only one person typed, once. */
export function doubledObs({ state, everywhere }: SiteRows, lineage: Lineage): readonly string[] {
  return state.encounters.flatMap((encounter) => {
    const obs = encounter.gone ? [] : liveObs(encounter.obs);
    const familyOf = (one: ObsState): string => lineage.familyOf(everywhere(one.uuid));
    const tooMany = obs.filter((one, index) => {
      const earlier = obs.slice(0, index).filter((other) => familyOf(other) === familyOf(one));
      return earlier.length > 0 && earlier.length >= lineage.rootsOf(familyOf(one));
    });
    const sayings = obs.map(({ values }) => saying(values, everywhere)).filter((text) => TYPED_ONCE.test(text));
    return [
      ...tooMany.map(
        (one) => `${nameOf(encounter, everywhere)}: an obs (${saying(one.values, everywhere)}) is there beside another that took the same one's place`,
      ),
      ...sayings.filter((text, index) => sayings.indexOf(text) !== index).map((text) => `${nameOf(encounter, everywhere)}: ${text} is there more than once`),
    ];
  });
}

const nameOf = ({ uuid }: EncounterState, everywhere: KnownUuid): string => `encounter/${everywhere(uuid)}`;

const KIND_OF: Readonly<Record<string, string>> = { patient: 'person', person: 'person', visit: 'visit' };

/** What is live refers to what is there and live: visits and encounters to their patient, encounters to their visit, obs to their person. */
export function brokenReferences({ state, everywhere }: SiteRows): readonly string[] {
  const live = new Set([...state.people.filter(({ isPatient }) => isPatient), ...state.visits].flatMap(({ uuid, gone }) => (gone ? [] : [uuid])));
  const rows = [
    ...state.visits.map((row) => ({ row, kind: 'visit', names: ['patient'] })),
    ...state.encounters.map((row) => ({ row, kind: 'encounter', names: ['patient', 'visit'] })),
    ...state.obs.map((row) => ({ row, kind: 'obs', names: ['person'] })),
  ];
  const ofVoided = state.encounters.flatMap((row) =>
    row.gone && liveObs(row.obs).length > 0 ? [`encounter/${everywhere(row.uuid)}: it is voided, and obs of it are not`] : [],
  );
  return [
    ...rows.flatMap(({ row, kind, names }) =>
      row.gone
        ? []
        : names
            .filter((name) => typeof row.values[name] === 'string' && !live.has(String(row.values[name])))
            .map((name) => `${kind}/${everywhere(row.uuid)}: its ${name} is not there, or voided (${KIND_OF[name]}/${everywhere(String(row.values[name]))})`),
    ),
    ...ofVoided,
  ];
}

/**
 * Not so a broken reference to one of whom it is asked whether they stay voided: what was recorded elsewhere, before anybody had heard of the void, goes or stays with the answer.
 */
export const isUnasked =
  (conflicts: readonly Pick<KeptConflict, 'record' | 'parent' | 'child'>[]) =>
  (fault: string): boolean =>
    !conflicts.some(({ record, parent, child }) => parent.presence !== child.presence && fault.endsWith(`(${record})`));
