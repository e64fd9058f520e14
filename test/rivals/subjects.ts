import { randomUUID } from 'node:crypto';
import { CARE, type Clinician, ORDER_TYPES, SAMPLE } from '@sync-hub/openmrs-simulator';
import { live } from '../convergence/held.js';
import { type Deed, dayOf, type Made, momentOf, type Subject, type Word } from './deeds.js';
import { encounterSubjects } from './encounter-subjects.js';
import { aPatient } from './people.js';

const DAY_ONE = '2026-03-02T';

const person =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.edit('person', String(made.parts['patient']), patch(word));

const name =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.editName(String(made.parts['name']), patch(word));

const PEOPLE: readonly Subject[] = [
  {
    name: 'a date of birth',
    make: aPatient,
    ours: person((word) => ({ birthdate: dayOf(word) })),
    rivals: {
      'another field': person(({ n }) => ({ gender: n % 2 === 0 ? 'M' : 'O' })),
      'the same field': person((word) => ({ birthdate: dayOf(word) })),
      'another item': ({ at, made, word }) =>
        void at.addName(String(made.parts['patient']), { uuid: randomUUID(), givenName: word.text, familyName: word.text }),
      'a void': ({ at, made }) => at.voidPatient(String(made.parts['patient'])),
      'an undo': person(() => ({ birthdate: '1980-01-01' })),
    },
  },
  {
    name: 'a name',
    make: aPatient,
    ours: name(({ text }) => ({ givenName: text })),
    rivals: {
      'another field': person(({ n }) => ({ gender: n % 2 === 0 ? 'M' : 'O' })),
      'another item': ({ at, made, word }) =>
        void at.addName(String(made.parts['patient']), { uuid: randomUUID(), givenName: word.text, familyName: word.text }),
      'the same item': name(({ text }) => ({ givenName: text })),
      'an undo': ({ at, made }) => at.editName(String(made.parts['name']), { givenName: String(made.parts['givenName']) }),
    },
  },
  {
    name: 'a telephone number',
    make: aPatient,
    ours: ({ at, made, word }) => void at.addAttribute(String(made.parts['patient']), { attributeType: SAMPLE.phone, value: word.text }),
    rivals: {
      'another item': ({ at, made }) => void at.addAttribute(String(made.parts['patient']), { attributeType: SAMPLE.civilStatus, value: SAMPLE.married }),
      'the same item': ({ at, made, word }) => void at.addAttribute(String(made.parts['patient']), { attributeType: SAMPLE.phone, value: word.text }),
    },
  },
];

const withPatient = (at: Clinician, word: Word, kind: string, make: (uuid: string, patient: string) => void, parts: Made['parts'] = {}): Made => {
  const patient = aPatient(at, word);
  const uuid = randomUUID();
  const { patient: who = '' } = patient.parts;
  make(uuid, who);
  return { record: `${kind}/${uuid}`, uuids: [...patient.uuids, uuid], parts: { ...patient.parts, ...parts, own: uuid } };
};

const visit =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.care.editVisit(String(made.parts['own']), patch(word));

const enrollment =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.programs.edit(String(made.parts['own']), patch(word));

const relationship =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.care.editRelationship(String(made.parts['own']), patch(word));

const allergy =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    void at.lists.changeAllergy(String(made.parts['own']), patch(word));

const place =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) =>
    at.edit('location', String(made.parts['own']), patch(word));

/** The one that stands in its place now. */
const condition =
  (patch: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, state, made, word }) => {
    const now = live(state.conditions).find(({ values }) => values['patient'] === made.parts['patient']);
    return now === undefined ? [] : [`condition/${now.uuid}`, `condition/${at.lists.editCondition(now.uuid, patch(word))}`];
  };

const orderOf =
  (action: string, more: (word: Word) => Readonly<Record<string, unknown>>): Deed =>
  ({ at, made, word }) => [`order/${at.lists.follow(String(made.parts['own']), action, { uuid: randomUUID(), ...more(word) })}`];

const CARE_SUBJECTS: readonly Subject[] = [
  {
    name: 'the end of a visit',
    make: (at, word) =>
      withPatient(at, word, 'visit', (uuid, patient) =>
        at.care.startVisit({ uuid, patient, visitType: CARE.facilityVisit, startDatetime: `${DAY_ONE}01:00:00`, stopDatetime: `${DAY_ONE}19:00:00` }),
      ),
    ours: visit((word) => ({ stopDatetime: momentOf(word, `${DAY_ONE}20:00:00Z`) })),
    rivals: {
      'another field': visit((word) => ({ startDatetime: momentOf(word, `${DAY_ONE}02:00:00Z`) })),
      'the same field': visit((word) => ({ stopDatetime: momentOf(word, `${DAY_ONE}20:00:00Z`) })),
      'another item': ({ at, made, word }) =>
        void at.care.addVisitAttribute(String(made.parts['own']), { uuid: randomUUID(), attributeType: CARE.punctuality, value: word.text }),
      'a void': ({ at, made }) => at.care.voidVisit(String(made.parts['own'])),
      'an undo': visit(() => ({ stopDatetime: `${DAY_ONE}19:00:00` })),
    },
  },
  {
    name: 'an enrollment',
    make: (at, word) =>
      withPatient(at, word, 'programenrollment', (uuid, patient) =>
        at.programs.enroll({ uuid, patient, program: CARE.hivProgram, dateEnrolled: '2026-01-05T00:00:00', dateCompleted: '2026-02-05T00:00:00' }),
      ),
    ours: enrollment((word) => ({ dateEnrolled: momentOf(word, '2026-01-07T00:00:00Z') })),
    rivals: {
      'another field': enrollment((word) => ({ dateCompleted: momentOf(word, '2026-02-07T00:00:00Z') })),
      'the same field': enrollment((word) => ({ dateEnrolled: momentOf(word, '2026-01-07T00:00:00Z') })),
      'a void': ({ at, made }) => at.programs.void(String(made.parts['own'])),
      'an undo': enrollment(() => ({ dateEnrolled: '2026-01-05T00:00:00' })),
    },
  },
  {
    name: 'a relationship',
    make: (at, word) => {
      const other = aPatient(at, { ...word, text: `${word.text}B` });
      const made = withPatient(at, word, 'relationship', (uuid, personA) =>
        at.care.relate({ uuid, personA, personB: other.parts['patient'], relationshipType: CARE.parentOf, startDate: '2020-01-05', endDate: '2022-01-05' }),
      );
      return { ...made, uuids: [...made.uuids, ...other.uuids] };
    },
    ours: relationship((word) => ({ startDate: momentOf(word, '2020-02-07T00:00:00Z') })),
    rivals: {
      'another field': relationship((word) => ({ endDate: momentOf(word, '2022-02-07T00:00:00Z') })),
      'the same field': relationship((word) => ({ startDate: momentOf(word, '2020-02-07T00:00:00Z') })),
      'a void': ({ at, made }) => at.care.voidRelationship(String(made.parts['own'])),
      'an undo': relationship(() => ({ startDate: '2020-01-05' })),
    },
  },
  {
    name: 'a condition',
    make: (at, word) =>
      withPatient(at, word, 'condition', (uuid, patient) =>
        at.lists.addCondition({ uuid, patient, clinicalStatus: 'ACTIVE', condition: { coded: CARE.malaria }, additionalDetail: `D${word.text}` }),
      ),
    ours: condition(({ text }) => ({ additionalDetail: text })),
    rivals: {
      'another field': condition(() => ({ clinicalStatus: 'INACTIVE' })),
      'the same field': condition(({ text }) => ({ additionalDetail: text })),
      'a void': ({ at, made }) => at.lists.voidCondition(String(made.parts['own'])),
    },
  },
  {
    name: 'an order',
    make: (at, word) => {
      const encounter = randomUUID();
      const made = withPatient(at, word, 'order', (uuid, patient) => {
        at.care.recordEncounter({ uuid: encounter, patient, encounterType: CARE.visitNote, encounterDatetime: `${DAY_ONE}08:00:00`, obs: [] });
        const own = { type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept: CARE.pulse, careSetting: CARE.outpatient, orderer: CARE.doctor };
        at.lists.order({ uuid, patient, encounter, ...own, instructions: `I${word.text}` });
      });
      return { ...made, uuids: [...made.uuids, encounter] };
    },
    ours: orderOf('REVISE', ({ text }) => ({ instructions: text })),
    rivals: {
      'the same field': orderOf('REVISE', ({ text }) => ({ instructions: text })),
      'another item': orderOf('DISCONTINUE', ({ text }) => ({ orderReasonNonCoded: text })),
      'a void': ({ at, made }) => at.lists.voidOrder(String(made.parts['own'])),
    },
  },
  {
    name: 'an allergy',
    make: (at, word) =>
      withPatient(at, word, 'allergy', (uuid, patient) =>
        at.lists.addAllergy({ uuid, patient, allergen: { allergenType: 'DRUG', codedAllergen: CARE.malaria }, comment: `A${word.text}`, severity: CARE.no }),
      ),
    ours: allergy(({ text }) => ({ comment: text })),
    rivals: {
      'another field': allergy(() => ({ severity: CARE.yes })),
      'the same field': allergy(({ text }) => ({ comment: text })),
      'another item': allergy(({ text }) => ({ reactions: [{ reaction: CARE.note, reactionNonCoded: text }] })),
      'a void': ({ at, made }) => at.lists.voidAllergy(String(made.parts['own'])),
    },
  },
  {
    name: 'a place',
    make: (at, { text }) => {
      const uuid = randomUUID();
      at.addLocation({ uuid, name: `L${text}`, description: 'Ward', address1: 'Old road' });
      return { record: `location/${uuid}`, uuids: [uuid], parts: { own: uuid } };
    },
    ours: place(({ text }) => ({ description: text })),
    rivals: {
      'another field': place(({ text }) => ({ address1: text })),
      'the same field': place(({ text }) => ({ description: text })),
      'another item': place(() => ({ tags: [SAMPLE.loginTag] })),
      'a void': ({ at, made }) => at.retireLocation(String(made.parts['own'])),
      'an undo': place(() => ({ description: 'Ward' })),
    },
  },
];

export const SUBJECTS: readonly Subject[] = [...PEOPLE, ...CARE_SUBJECTS, ...encounterSubjects()];
