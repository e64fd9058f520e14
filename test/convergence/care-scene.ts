import { CARE, type EncounterState, type ObsInput, type ObsState, type VisitState } from '@sync-hub/openmrs-simulator';
import type { Act, KeepsCare, Scene, Undo } from './act.js';
import { liveObs } from './care-content.js';
import type { ListKind } from './list-content.js';

/**
 * Cascades are kept apart: half of the patients, by the uuid they are known by everywhere, have care and are never voided; those of the
 * other half may be. Visits of March have encounters and are never voided; those of April may be.
 */
export const keepsCare = (uuid: string): boolean => '02468ace'.includes(uuid.at(-1) ?? '');

export const visitKeepsCare = ({ values }: VisitState): boolean => new Date(Number(values['startDatetime'])).getUTCMonth() === 2;

type Row = { readonly uuid: string; readonly gone: boolean };

export function onRows<Kind extends Row>(kind: 'visit' | 'encounter' | 'obs' | ListKind, rowsOf: (state: Scene['state']) => readonly Kind[]) {
  return (
    name: string,
    weight: number,
    carryOut: (scene: Scene, row: Kind) => Undo | null,
    fits: (row: Kind) => boolean = ({ gone }) => !gone,
    needs?: Act['needs'],
  ): Act => ({
    name,
    weight,
    on: kind,
    ...(needs === undefined ? {} : { needs }),
    choose: (state, random, record) =>
      random.pick(rowsOf(state).filter((row) => (record === null || record.endsWith(`/${row.uuid}`)) && fits(row)))?.uuid ?? null,
    carryOut: (scene) => ({ record: `${kind}/${scene.record}`, undo: carryOut(scene, rowsOf(scene.state).find(({ uuid }) => uuid === scene.record)!) }),
  });
}

export const onVisit = onRows<VisitState>('visit', ({ visits }) => visits);
export const onEncounter = onRows<EncounterState>('encounter', ({ encounters }) => encounters);
export const onStandalone = onRows<ObsState>('obs', ({ obs }) => obs);

/** Something that is recorded of one of the patients who are there; nothing where there is none. */
export function recording(name: string, weight: number, makes: 'visit' | 'encounter' | 'obs' | ListKind, record: (scene: Scene, patient: string) => void): Act {
  const patients = ({ people }: Scene['state'], keeps: KeepsCare) => people.filter(({ uuid, gone, isPatient }) => isPatient && !gone && keeps(uuid) === true);
  return {
    name,
    weight,
    on: 'none',
    makes,
    choose: (state, random, wanted, keeps) => (wanted === null && patients(state, keeps).length > 0 ? random.uuid() : null),
    carryOut: (scene) => {
      record(scene, scene.random.pick(patients(scene.state, scene.keepsCare))!.uuid);
      return { record: `${makes}/${scene.record}`, undo: null };
    },
  };
}

/** A number that nobody else ever types. */
const numberOf = ({ token }: Scene): number => Number(/\d+/.exec(token)?.[0]);

/** A moment that nobody else types, at most three hours after this one. */
export const momentAfter = (start: number, scene: Scene): string => new Date(start + numberOf(scene) * 1000).toISOString();

const HOUR = 3_600_000;
export const dayOf = (ms: unknown): number => Math.floor(Number(ms) / (24 * HOUR)) * 24 * HOUR;
/** Visits that keep care, and encounters, are of March; visits that may be voided are of April, so that no server puts an encounter into one. */
export const aDay = (month: 3 | 4, { random }: Scene): number => Date.UTC(2026, month - 1, 1 + random.below(14));

/** Visits start before three, encounters are from eight to eleven or from noon to three, visits stop after eight in the evening. */
export const startOn = (day: number, scene: Scene): string => momentAfter(day, scene);
export const encounterOn = (day: number, scene: Scene): string => momentAfter(day + scene.random.pick([8, 12])! * HOUR, scene);
export const stopOn = (day: number, scene: Scene): string => momentAfter(day + 20 * HOUR, scene);

const weight = (scene: Scene): number => Math.round(3000 + numberOf(scene)) / 100;
const temperature = (scene: Scene): number => Math.round(30_000 + numberOf(scene)) / 1000;

export const VALUES: Readonly<Record<string, (scene: Scene) => unknown>> = {
  [CARE.weight]: weight,
  [CARE.temperature]: temperature,
  [CARE.note]: ({ token }) => `N${token}`,
  [CARE.systolic]: ({ random }) => 90 + random.below(80),
  [CARE.diastolic]: ({ random }) => 50 + random.below(50),
  [CARE.pregnant]: ({ random }) => random.chance(0.5),
  [CARE.diagnosis]: ({ random }) => random.pick([CARE.malaria, CARE.anaemia])!,
};

export const obsOf = (scene: Scene, concept: string): ObsInput => ({ uuid: scene.random.uuid(), concept, value: VALUES[concept]?.(scene) });

export const groupOf = (scene: Scene): ObsInput => ({
  uuid: scene.random.uuid(),
  concept: CARE.bloodPressure,
  groupMembers: [obsOf(scene, CARE.systolic), obsOf(scene, CARE.diastolic)],
});

/** What an edit of it must send back to have it as it was. */
const valueOf = ({ values }: ObsState): unknown =>
  values['concept'] === CARE.pregnant ? values['valueCoded'] === CARE.yes : (values['valueNumeric'] ?? values['valueText'] ?? values['valueCoded']);

export const editable = (obs: readonly ObsState[]): readonly ObsState[] => liveObs(obs).filter(({ values }) => String(values['concept']) in VALUES);

/** Corrects one obs, and can correct it back: each time it gets another uuid. */
export function correct(scene: Scene, obs: ObsState): { readonly uuid: string; readonly undo: Undo } {
  const { care } = scene.at;
  if (scene.random.chance(0.2)) {
    const before = obs.values['comment'] ?? '';
    const uuid = care.editObs(obs.uuid, { comment: `C${scene.token}` });
    return { uuid, undo: () => void care.editObs(uuid, { comment: before }) };
  }
  const uuid = care.editObs(obs.uuid, { value: VALUES[String(obs.values['concept'])]?.(scene) });
  return { uuid, undo: () => void care.editObs(uuid, { value: valueOf(obs) }) };
}
