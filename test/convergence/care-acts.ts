import { CARE, type EncounterState, type ObsInput, type ObsState, type VisitState } from '@sync-hub/openmrs-simulator';
import { type Act, place, type Scene, type Undo } from './act.js';
import { liveObs } from './care-content.js';
import { live } from './held.js';

/**
 * Cascades are kept apart: half of the patients, by their uuid, have care and are never voided, and half of the visits have
 * encounters and are never voided; those of the other half may be.
 */
export const keepsCare = (uuid: string): boolean => '02468ace'.includes(uuid.at(-1) ?? '');

type Row = { readonly uuid: string; readonly gone: boolean };

function onRows<Kind extends Row>(kind: 'visit' | 'encounter' | 'obs', rowsOf: (state: Scene['state']) => readonly Kind[]) {
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

const onVisit = onRows<VisitState>('visit', ({ visits }) => visits);
const onEncounter = onRows<EncounterState>('encounter', ({ encounters }) => encounters);
const onStandalone = onRows<ObsState>('obs', ({ obs }) => obs);

/** Something that is recorded of one of the patients who are there; nothing where there is none. */
function recording(name: string, weight: number, kind: 'visit' | 'encounter' | 'obs', record: (scene: Scene, patient: string) => void): Act {
  const patients = ({ people }: Scene['state']) => people.filter(({ uuid, gone, isPatient }) => isPatient && !gone && keepsCare(uuid));
  return {
    name,
    weight,
    on: 'none',
    choose: (state, random, wanted) => (wanted === null && patients(state).length > 0 ? random.uuid() : null),
    carryOut: (scene) => {
      record(scene, scene.random.pick(patients(scene.state))!.uuid);
      return { record: `${kind}/${scene.record}`, undo: null };
    },
  };
}

/** A number that nobody else ever types. */
const numberOf = ({ token }: Scene): number => Number(/\d+/.exec(token)?.[0]);

/** A moment that nobody else types, at most three hours after this one. */
const momentAfter = (start: number, scene: Scene): string => new Date(start + numberOf(scene) * 1000).toISOString();

const HOUR = 3_600_000;
const dayOf = (ms: unknown): number => Math.floor(Number(ms) / (24 * HOUR)) * 24 * HOUR;
/** Visits that keep care, and encounters, are of March; visits that may be voided are of April, so that no server puts an encounter into one. */
const aDay = (month: 3 | 4, { random }: Scene): number => Date.UTC(2026, month - 1, 1 + random.below(14));

/** Visits start before three, encounters are from eight to eleven or from noon to three, visits stop after eight in the evening. */
const startOn = (day: number, scene: Scene): string => momentAfter(day, scene);
const encounterOn = (day: number, scene: Scene): string => momentAfter(day + scene.random.pick([8, 12])! * HOUR, scene);
const stopOn = (day: number, scene: Scene): string => momentAfter(day + 20 * HOUR, scene);

const weight = (scene: Scene): number => Math.round(3000 + numberOf(scene)) / 100;
const temperature = (scene: Scene): number => Math.round(30_000 + numberOf(scene)) / 1000;

const VALUES: Readonly<Record<string, (scene: Scene) => unknown>> = {
  [CARE.weight]: weight,
  [CARE.temperature]: temperature,
  [CARE.note]: ({ token }) => `N${token}`,
  [CARE.systolic]: ({ random }) => 90 + random.below(80),
  [CARE.diastolic]: ({ random }) => 50 + random.below(50),
  [CARE.pregnant]: ({ random }) => random.chance(0.5),
  [CARE.diagnosis]: ({ random }) => random.pick([CARE.malaria, CARE.anaemia])!,
};

const obsOf = (scene: Scene, concept: string): ObsInput => ({ uuid: scene.random.uuid(), concept, value: VALUES[concept]?.(scene) });

const groupOf = (scene: Scene): ObsInput => ({
  uuid: scene.random.uuid(),
  concept: CARE.bloodPressure,
  groupMembers: [obsOf(scene, CARE.systolic), obsOf(scene, CARE.diastolic)],
});

/** What an edit of it must send back to have it as it was. */
const valueOf = ({ values }: ObsState): unknown =>
  values['concept'] === CARE.pregnant ? values['valueCoded'] === CARE.yes : (values['valueNumeric'] ?? values['valueText'] ?? values['valueCoded']);

const editable = (obs: readonly ObsState[]): readonly ObsState[] => liveObs(obs).filter(({ values }) => String(values['concept']) in VALUES);

/** Corrects one obs, and can correct it back: each time it gets another uuid. */
function correct(scene: Scene, obs: ObsState): { readonly uuid: string; readonly undo: Undo } {
  const { care } = scene.at;
  if (scene.random.chance(0.2)) {
    const before = obs.values['comment'] ?? '';
    const uuid = care.editObs(obs.uuid, { comment: `C${scene.token}` });
    return { uuid, undo: () => void care.editObs(uuid, { comment: before }) };
  }
  const uuid = care.editObs(obs.uuid, { value: VALUES[String(obs.values['concept'])]?.(scene) });
  return { uuid, undo: () => void care.editObs(uuid, { value: valueOf(obs) }) };
}

const PROVIDERS = [CARE.doctor, CARE.nurse].flatMap((provider) => [CARE.clinicianRole, CARE.unknownRole].map((encounterRole) => ({ provider, encounterRole })));
const isThere = ({ providers }: EncounterState, one: (typeof PROVIDERS)[number]): boolean =>
  providers.some(({ values }) => values['provider'] === one.provider && values['encounterRole'] === one.encounterRole);

const visitActs: readonly Act[] = [
  recording('start visit', 5, 'visit', (scene, patient) => {
    const day = aDay(keepsCare(scene.record) ? 3 : 4, scene);
    const ended = scene.random.chance(0.4) ? { stopDatetime: stopOn(day, scene) } : {};
    const attributes = scene.random.chance(0.5) ? [{ uuid: scene.random.uuid(), attributeType: CARE.insurance, value: `I${scene.token}` }] : [];
    scene.at.care.startVisit({
      uuid: scene.record,
      patient,
      visitType: scene.random.pick([CARE.facilityVisit, CARE.homeVisit])!,
      location: place(scene),
      startDatetime: startOn(day, scene),
      ...ended,
      attributes,
    });
  }),
  onVisit('stop visit', 4, (scene, row) => {
    const before = row.values['stopDatetime'];
    scene.at.care.stopVisit(row.uuid, stopOn(dayOf(row.values['startDatetime']), scene));
    return () => scene.at.care.editVisit(row.uuid, { stopDatetime: typeof before === 'number' ? new Date(before).toISOString() : null });
  }),
  onVisit('correct the start of a visit', 3, (scene, row) => {
    const before = new Date(Number(row.values['startDatetime'])).toISOString();
    scene.at.care.editVisit(row.uuid, { startDatetime: startOn(dayOf(row.values['startDatetime']), scene) });
    return () => scene.at.care.editVisit(row.uuid, { startDatetime: before });
  }),
  onVisit('move visit', 3, (scene, row) => {
    const before = row.values['location'] ?? null;
    scene.at.care.editVisit(row.uuid, { location: place(scene) });
    return () => scene.at.care.editVisit(row.uuid, { location: before });
  }),
  onVisit('note punctuality', 2, (scene, row) => {
    scene.at.care.addVisitAttribute(row.uuid, { uuid: scene.random.uuid(), attributeType: CARE.punctuality, value: `V${scene.token}` });
    return null;
  }),
  onVisit('note insurance', 2, (scene, row) => {
    scene.at.care.addVisitAttribute(row.uuid, { uuid: scene.random.uuid(), attributeType: CARE.insurance, value: `J${scene.token}` });
    return null;
  }),
  onVisit(
    'void visit',
    2,
    ({ at }, row) => {
      at.care.voidVisit(row.uuid);
      return () => at.care.restoreVisit(row.uuid);
    },
    ({ uuid, gone }) => !gone && !keepsCare(uuid),
  ),
  onVisit(
    'restore visit',
    3,
    ({ at }, row) => {
      at.care.restoreVisit(row.uuid);
      return () => at.care.voidVisit(row.uuid);
    },
    ({ gone }) => gone,
  ),
];

const encounterActs: readonly Act[] = [
  recording('record encounter', 8, 'encounter', (scene, patient) => {
    const { random, state } = scene;
    const visits = state.visits.filter(({ uuid, gone }) => !gone && keepsCare(uuid));
    const visit = random.chance(0.8) ? random.pick(visits) : undefined;
    const day = visit === undefined ? aDay(3, scene) : dayOf(visit.values['startDatetime']);
    const isVitals = random.chance(0.6);
    const more = [CARE.temperature, CARE.pregnant, CARE.diagnosis].filter(() => random.chance(0.4)).map((concept) => obsOf(scene, concept));
    scene.at.care.recordEncounter({
      uuid: scene.record,
      patient: visit === undefined ? patient : String(visit.values['patient']),
      ...(visit === undefined ? {} : { visit: visit.uuid }),
      ...(isVitals ? { form: CARE.vitalsForm } : {}),
      location: place(scene),
      encounterType: isVitals ? CARE.vitals : CARE.visitNote,
      encounterDatetime: encounterOn(day, scene),
      encounterProviders: random.chance(0.8) ? [{ uuid: random.uuid(), ...random.pick(PROVIDERS)! }] : [],
      obs: [obsOf(scene, CARE.weight), obsOf(scene, CARE.note), groupOf(scene), ...more],
    });
  }),
  onEncounter('correct the time of an encounter', 5, (scene, row) => {
    const before = new Date(Number(row.values['encounterDatetime'])).toISOString();
    scene.at.care.moveEncounter(row.uuid, encounterOn(dayOf(row.values['encounterDatetime']), scene));
    return () => scene.at.care.moveEncounter(row.uuid, before);
  }),
  onEncounter('move encounter', 2, (scene, row) => {
    const before = row.values['location'] ?? null;
    scene.at.care.editEncounter(row.uuid, { location: place(scene) });
    return () => scene.at.care.editEncounter(row.uuid, { location: before });
  }),
  onEncounter(
    'correct an obs',
    12,
    (scene, row) => correct(scene, scene.random.pick(editable(row.obs))!).undo,
    ({ gone, obs }) => !gone && editable(obs).length > 0,
  ),
  onEncounter('add an obs', 5, (scene, row) => {
    const added = scene.random.chance(0.3) ? groupOf(scene) : obsOf(scene, scene.random.pick(Object.keys(VALUES))!);
    const uuid = scene.at.care.addObs(row.uuid, added);
    return () => scene.at.care.voidObs(uuid);
  }),
  onEncounter(
    'add a member to a group of obs',
    2,
    (scene, row) => {
      const group = scene.random.pick(groupsOf(row))!;
      const uuid = scene.at.care.addMember(group.uuid, obsOf(scene, CARE.note));
      return () => scene.at.care.voidObs(uuid);
    },
    (row) => !row.gone && groupsOf(row).length > 0,
    ({ obsAreImmutable }) => obsAreImmutable,
  ),
  onEncounter(
    'void an obs',
    4,
    ({ at, random }, row) => {
      const { uuid } = random.pick(liveObs(row.obs))!;
      at.care.voidObs(uuid);
      return () => at.care.restoreObs(uuid);
    },
    ({ gone, obs }) => !gone && liveObs(obs).length > 0,
  ),
  onEncounter(
    'add a provider',
    3,
    ({ at, random }, row) => {
      const one = random.pick(PROVIDERS.filter((other) => !isThere(row, other)))!;
      at.care.addEncounterProvider(row.uuid, { uuid: random.uuid(), ...one });
      return null;
    },
    (row) => !row.gone && PROVIDERS.some((one) => !isThere(row, one)),
  ),
  onEncounter(
    // Its feed tells of it only where obs are saved with their encounter, and there are some.
    'void a provider',
    2,
    ({ at, random }, row) => {
      at.care.voidEncounterProvider(random.pick(live(row.providers))!.uuid);
      return null;
    },
    ({ gone, providers, obs }) => !gone && live(providers).length > 0 && obs.length > 0,
    ({ obsAreImmutable }) => obsAreImmutable,
  ),
  onEncounter('void encounter', 3, ({ at }, row) => {
    at.care.voidEncounter(row.uuid);
    return () => at.care.restoreEncounter(row.uuid);
  }),
  onEncounter(
    'restore encounter',
    3,
    ({ at }, row) => {
      at.care.restoreEncounter(row.uuid);
      return () => at.care.voidEncounter(row.uuid);
    },
    ({ gone }) => gone,
  ),
];

const groupsOf = ({ obs }: EncounterState): readonly ObsState[] => liveObs(obs).filter(({ members }) => live(members).length > 0);

const standaloneActs: readonly Act[] = [
  recording('record an obs in no encounter', 4, 'obs', (scene, person) => {
    const { uuid: _, ...obs } = scene.random.chance(0.3) ? groupOf(scene) : obsOf(scene, scene.random.pick([CARE.weight, CARE.note])!);
    const common = { person, obsDatetime: encounterOn(aDay(3, scene), scene), location: place(scene) };
    const groupMembers = obs.groupMembers === undefined ? {} : { groupMembers: obs.groupMembers.map((member) => ({ ...common, ...member })) };
    scene.at.care.recordObs({ ...obs, ...common, ...groupMembers, uuid: scene.record });
  }),
  {
    ...onStandalone(
      'correct an obs in no encounter',
      4,
      () => null,
      (row) => !row.gone && editable([row]).some(({ uuid }) => uuid === row.uuid),
    ),
    // The corrected one is a record of its own (ADR 0010).
    carryOut: (scene) => {
      const { uuid } = correct(scene, scene.state.obs.find((one) => one.uuid === scene.record)!);
      return { record: `obs/${scene.record}`, also: [`obs/${uuid}`], undo: null };
    },
  },
  onStandalone('void an obs in no encounter', 2, ({ at }, row) => {
    at.care.voidObs(row.uuid);
    return () => at.care.restoreObs(row.uuid);
  }),
];

/** What people do with visits, encounters and obs. */
export const CARE_ACTS: readonly Act[] = [...visitActs, ...encounterActs, ...standaloneActs];
