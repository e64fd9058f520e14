import type { MergeRule } from '@sync-hub/merge';
import { byHandBefore2_25 } from './by-hand.js';
import { defineCategory } from './define-category.js';
import { personView } from './fhir/person.r4.js';
import { addresses, names, personAttributes } from './person-lists.js';
import type { Platform } from './platform.js';
import { calendarDate, flag, instant, reference, type ScalarKind, text, timeOfDay } from './scalars.js';

/** The single values of a person, a patient's included. `age` is never sent: it would set an estimated birth date (PersonResource1_8.setAge). */
export const PERSON_SCALARS: Readonly<Record<string, ScalarKind>> = {
  gender: text,
  birthdate: calendarDate,
  birthdateEstimated: flag,
  birthtime: timeOfDay,
  dead: flag,
  deathDate: instant,
  deathdateEstimated: flag,
  causeOfDeath: reference('concept', null),
  causeOfDeathNonCoded: text,
};

/** A death is never un-set silently: who is dead, since when and of what stands until a person takes it back at both ends. */
export const PERSON_MERGES: readonly MergeRule[] = [{ rule: 'stands', facts: [['dead'], ['deathDate'], ['causeOfDeath', 'causeOfDeathNonCoded']] }];

/** Those that a platform has: asking an older one for the others is answered with 400. */
export const personScalarsOn = (platform: Platform): string[] =>
  Object.keys(PERSON_SCALARS).filter(
    (name) =>
      (name !== 'birthtime' || platform.hasBirthtime) &&
      (name !== 'deathdateEstimated' || platform.hasDeathdateEstimated) &&
      (name !== 'causeOfDeathNonCoded' || platform.hasCauseOfDeathNonCoded),
  );

/** The properties to ask for, comma separated. Names need the full representation: the default one lacks `preferred` and five of eight parts. */
export const personProperties = (platform: Platform): string =>
  [
    'uuid',
    ...personScalarsOn(platform).map((name) => (name === 'causeOfDeath' ? 'causeOfDeath:ref' : name)),
    'voided',
    'names:full',
    'addresses:full',
    'attributes:full',
    'auditInfo',
  ].join(',');

/** A person who is no patient: a relative, a provider. Names, addresses and attributes belong to it and merge with it. */
export const person = defineCategory({
  name: 'person',
  title: 'Person',
  openmrsClass: 'org.openmrs.Person',
  aggregate: 'person',
  feeds: ['person', 'person_name', 'person_address', 'person_attribute'],
  flows: 'both-ways',
  resource: 'person',
  owners: [{ owner: 'person', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: PERSON_SCALARS,
  scalarsOn: personScalarsOn,
  lists: [names, addresses, personAttributes],
  merges: PERSON_MERGES,
  // A person's body is asked for only where no patient answers, so that it says this too.
  says: { fields: { isPatient: false, preferredIdentifier: null }, covers: ['isPatient', 'identifiers', 'preferredIdentifier'] },
  representation: (platform) => `custom:(${personProperties(platform)})`,
  telltale: 'gender',
  // openmrs-core 1.9 to 2.1 PersonValidator.
  cannotRestore: byHandBefore2_25('leave its names voided, and core takes nobody without a name'),
  requires: ['gender', 'names'],
  fhirR4: personView('Person'),
});
