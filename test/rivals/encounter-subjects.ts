import { randomUUID } from 'node:crypto';
import { CARE, type Clinician, sampleData } from '@sync-hub/openmrs-simulator';
import { liveObs } from '../convergence/care-content.js';
import type { Deed, Made, Scene, Subject, Word } from './deeds.js';
import { aPatient } from './people.js';

const PLACES = sampleData('central', 6).locations.map(({ uuid }) => String(uuid));
const [WARD = '', ...OTHERS] = PLACES;

function anEncounter(at: Clinician, word: Word): Made {
  const patient = aPatient(at, word);
  const [own, weight, note] = [randomUUID(), randomUUID(), randomUUID()] as const;
  at.care.recordEncounter({
    uuid: own,
    patient: String(patient.parts['patient']),
    encounterType: CARE.vitals,
    location: WARD,
    encounterDatetime: '2026-03-02T08:00:00',
    obs: [
      { uuid: weight, concept: CARE.weight, value: 61.5 },
      { uuid: note, concept: CARE.note, value: `O${word.text}` },
    ],
  });
  return { record: `encounter/${own}`, uuids: [...patient.uuids, own, weight, note], parts: { ...patient.parts, own, weight, note } };
}

/** The obs of that concept that stands in the encounter now. */
const standing = ({ state, made }: Scene, concept: string): string =>
  liveObs(state.encounters.find(({ uuid }) => uuid === made.parts['own'])?.obs ?? []).find(({ values }) => values['concept'] === concept)?.uuid ?? '';

const correct =
  (concept: string, value: (word: Word) => unknown): Deed =>
  (scene) => {
    const uuid = standing(scene, concept);
    if (uuid !== '') scene.at.care.editObs(uuid, { value: value(scene.word) });
  };

const move =
  (choose: (word: Word) => string): Deed =>
  ({ at, made, word }) =>
    at.care.editEncounter(String(made.parts['own']), { location: choose(word) });

const weightOf = ({ n }: Word): number => 100 + n / 100;
const placeOf = ({ n }: Word): string => OTHERS[n % OTHERS.length] ?? WARD;

const addObs: Deed = ({ at, made, word }) =>
  void at.care.addObs(String(made.parts['own']), { uuid: randomUUID(), concept: CARE.temperature, value: 30 + word.n / 1000 });
const voidEncounter: Deed = ({ at, made }) => at.care.voidEncounter(String(made.parts['own']));

/** An encounter, and the obs in it. */
export const encounterSubjects = (): readonly Subject[] => [
  {
    name: 'the place of an encounter',
    make: anEncounter,
    ours: move(placeOf),
    rivals: {
      'another field': ({ at, made }) => at.care.editEncounter(String(made.parts['own']), { form: CARE.vitalsForm }),
      'the same field': move(placeOf),
      'another item': correct(CARE.note, ({ text }) => text),
      'a new obs': addObs,
      'a void': voidEncounter,
      'an undo': move(() => WARD),
    },
  },
  {
    name: 'an obs',
    make: anEncounter,
    ours: correct(CARE.weight, weightOf),
    rivals: {
      'another field': move(placeOf),
      'another item': correct(CARE.note, ({ text }) => text),
      'the same item': correct(CARE.weight, weightOf),
      'a new obs': addObs,
      'a void': voidEncounter,
      'an undo': correct(CARE.weight, () => 61.5),
    },
  },
  {
    name: 'an obs that is voided',
    make: anEncounter,
    ours: (scene) => scene.at.care.voidObs(standing(scene, CARE.weight)),
    rivals: {
      'another item': correct(CARE.note, ({ text }) => text),
      'the same item': correct(CARE.weight, weightOf),
      'a new obs': addObs,
      'a void': voidEncounter,
    },
  },
  {
    name: 'a new obs',
    make: anEncounter,
    ours: addObs,
    rivals: { 'the same item': correct(CARE.weight, weightOf), 'a new obs': addObs, 'a void': voidEncounter },
  },
];
