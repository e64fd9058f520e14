import type { EncounterState, ObsState, SimulatorState } from '@sync-hub/openmrs-simulator';
import { type KnownUuid, liveObs, saying } from './care-content.js';

/** From each obs to the one that it took the place of, at whichever site that happened. */
export type Lineage = ReadonlyMap<string, string>;

/** One site, as its rows stand, and the uuids it has of its own as they are known everywhere. */
export interface SiteRows {
  readonly state: SimulatorState;
  readonly everywhere: KnownUuid;
}

const allObs = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...allObs(one.members)]);
const obsOf = ({ encounters, obs }: SimulatorState): readonly ObsState[] => allObs([...encounters.flatMap((encounter) => encounter.obs), ...obs]);

export function lineageOf(sites: readonly SiteRows[]): Lineage {
  return new Map(
    sites.flatMap(({ state, everywhere }) =>
      obsOf(state).flatMap(({ uuid, values }): [string, string][] => {
        const [own, before] = [everywhere(uuid), values['previousVersion']];
        return typeof before !== 'string' || everywhere(before) === own ? [] : [[own, everywhere(before)]];
      }),
    ),
  );
}

/** Those that an obs took the place of, the last one first. */
export function ancestorsOf(uuid: string, lineage: Lineage): readonly string[] {
  const found: string[] = [];
  for (let at = lineage.get(uuid); at !== undefined && !found.includes(at); at = lineage.get(at)) found.push(at);
  return found;
}

/** What no two people ever type, as `care-scene.ts` has them type it. */
const TYPED_ONCE = /"(numeric":3[0-5]\.\d|text":"NQ)/;

/** Two live obs in one encounter that took the place of one and the same, or that say what only one person typed, once. */
export function doubledObs({ state, everywhere }: SiteRows, lineage: Lineage): readonly string[] {
  return state.encounters.flatMap((encounter) => {
    const obs = encounter.gone ? [] : liveObs(encounter.obs);
    const siblings = obs.flatMap((one, index) => obs.slice(index + 1).filter((other) => areOfOne(everywhere(one.uuid), everywhere(other.uuid), lineage)));
    const sayings = obs.map(({ values }) => saying(values, everywhere)).filter((text) => TYPED_ONCE.test(text));
    return [
      ...siblings.map(
        (one) => `${nameOf(encounter, everywhere)}: an obs (${saying(one.values, everywhere)}) is there beside another that took the same one's place`,
      ),
      ...sayings.filter((text, index) => sayings.indexOf(text) !== index).map((text) => `${nameOf(encounter, everywhere)}: ${text} is there more than once`),
    ];
  });
}

const areOfOne = (one: string, other: string, lineage: Lineage): boolean => {
  const [line, otherLine] = [one, other].map((uuid) => [uuid, ...ancestorsOf(uuid, lineage)]) as [string[], string[]];
  return line.some((uuid) => otherLine.includes(uuid));
};

const nameOf = ({ uuid }: EncounterState, everywhere: KnownUuid): string => `encounter/${everywhere(uuid)}`;

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
            .map((name) => `${kind}/${everywhere(row.uuid)}: its ${name} is not there, or voided`),
    ),
    ...ofVoided,
  ];
}
