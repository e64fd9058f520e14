import type { Scalar } from '@sync-hub/merge';
import fc from 'fast-check';

/** Words as people write them: no white space at either end, never empty. */
export const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((value) => value.trim())
  .filter((value) => value !== '');
export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
export const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => `${date.toISOString().slice(0, 19)}Z`);
const amount = fc.double({ min: 0, max: 90, noNaN: true, noDefaultInfinity: true });
export const pick = (kind: string) => fc.integer({ min: 1, max: 4 }).map((n) => `${kind}-${n}`);

/** A few things in order, of these kinds. */
const maybeInOrder = (...kinds: readonly string[]) =>
  fc
    .uniqueArray(fc.oneof(...kinds.map((kind) => pick(kind).map((uuid) => `${kind}/${uuid}`))), { maxLength: 4 })
    .map((all) => (all.length === 0 ? null : JSON.stringify(all)));

/** What may be said of each scalar that more than one category could have, by its name; those of none here are text or a reference. */
export const SCALARS: Readonly<Record<string, fc.Arbitrary<Scalar>>> = {
  gender: fc.constantFrom('M', 'F', 'O', 'U'),
  birthdate: maybe(instant.map((value) => value.slice(0, 10))),
  birthtime: maybe(instant.map((value) => value.slice(11, 19))),
  birthdateEstimated: fc.boolean(),
  dead: fc.boolean(),
  deathDate: maybe(instant),
  deathdateEstimated: fc.boolean(),
  causeOfDeath: maybe(pick('concept')),
  name: text,
  parentLocation: maybe(pick('location')),
  patient: pick('person'),
  visitType: pick('visittype'),
  location: maybe(pick('location')),
  indication: maybe(pick('concept')),
  startDatetime: instant,
  stopDatetime: maybe(instant),
  issued: maybe(instant),
  encounterType: pick('encountertype'),
  encounterDatetime: instant,
  visit: maybe(pick('visit')),
  form: maybe(pick('form')),
  person: pick('person'),
  encounter: fc.constant(null),
  personA: pick('person'),
  personB: pick('relative'),
  relationshipType: pick('relationshiptype'),
  program: pick('program'),
  dateEnrolled: instant,
  dateCompleted: maybe(instant),
  outcome: maybe(pick('concept')),
  coded: maybe(pick('concept')),
  specificName: maybe(pick('name')),
  ...Object.fromEntries(['dose', 'quantity', 'numRefills', 'duration', 'numberOfRepeats'].map((name) => [name, maybe(fc.integer({ min: 0, max: 90 }))])),
  ...Object.fromEntries(['asNeeded', 'dispenseAsWritten', 'wasSubstituted'].map((name) => [name, fc.boolean()])),
  ...Object.fromEntries(['dateActivated', 'autoExpireDate', 'scheduledDate', 'datePrepared', 'dateHandedOver'].map((name) => [name, instant])),
  ...Object.fromEntries(['orderer', 'careSetting', 'orderType'].map((name) => [name, pick(name)])),
  rank: fc.integer({ min: 0, max: 9 }),
  onsetDate: maybe(instant),
  startDate: maybe(instant),
  endDate: maybe(instant),
  aIsToB: text,
  bIsToA: text,
  weight: fc.integer({ min: 0, max: 90 }),
  sortWeight: amount,
  searchable: fc.boolean(),
  required: fc.boolean(),
  checkDigit: fc.boolean(),
  concept: pick('concept'),
  outcomesConcept: maybe(pick('concept')),
  conceptSource: pick('conceptsource'),
  dosageForm: maybe(pick('concept')),
  route: maybe(pick('concept')),
  combination: fc.boolean(),
  doseStrength: maybe(amount),
  minimumDailyDose: maybe(amount),
  maximumDailyDose: maybe(amount),
  build: maybe(fc.nat({ max: 99 })),
  published: fc.boolean(),
  datatype: pick('conceptdatatype'),
  conceptClass: pick('conceptclass'),
  set: fc.boolean(),
  ...Object.fromEntries(
    ['hiNormal', 'hiAbsolute', 'hiCritical', 'lowNormal', 'lowAbsolute', 'lowCritical', 'displayPrecision'].map((name) => [name, maybe(amount)]),
  ),
  allowDecimal: maybe(fc.boolean()),
  answers: maybeInOrder('concept', 'drug'),
  setMembers: maybeInOrder('concept'),
  providerRole: maybe(pick('providerrole')),
  parent: maybe(pick('ordertype')),
  frequencyPerDay: maybe(amount),
  minOccurs: fc.integer({ min: 0, max: 3 }),
  maxOccurs: maybe(fc.integer({ min: 3, max: 9 })),
};
