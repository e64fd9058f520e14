import { CARE, type EncounterState, type ObsState } from '@sync-hub/openmrs-simulator';
import { type Act, place } from './act.js';
import { liveObs } from './care-content.js';
import { aDay, correct, dayOf, editable, encounterOn, groupOf, obsOf, onEncounter, onStandalone, recording, VALUES, visitKeepsCare } from './care-scene.js';
import { live } from './held.js';

const PROVIDERS = [CARE.doctor, CARE.nurse].flatMap((provider) => [CARE.clinicianRole, CARE.unknownRole].map((encounterRole) => ({ provider, encounterRole })));
const isThere = ({ providers }: EncounterState, one: (typeof PROVIDERS)[number]): boolean =>
  providers.some(({ values }) => values['provider'] === one.provider && values['encounterRole'] === one.encounterRole);

const groupsOf = ({ obs }: EncounterState): readonly ObsState[] => liveObs(obs).filter(({ members }) => live(members).length > 0);

/** What people do with encounters and their obs. */
export const ENCOUNTER_ACTS: readonly Act[] = [
  recording('record encounter', 8, 'encounter', (scene, patient) => {
    const { random, state } = scene;
    const visits = state.visits.filter((visit) => !visit.gone && visitKeepsCare(visit));
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

/** What people do with obs that are in no encounter. */
export const STANDALONE_ACTS: readonly Act[] = [
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
