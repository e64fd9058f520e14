import { describe, expect, it } from '@jest/globals';
import { categoryOfFeed } from './all-categories.js';
import { patient } from './patient.category.js';
import { person } from './person.category.js';
import { MODERN_PLATFORM } from './platform.js';
import { decode, decodePerson, jane, janesPerson } from './testing/jane.js';

describe('a decoded person', () => {
  it('says that it is no patient and has no identifiers, because a patient was asked for first', () => {
    const told = decodePerson(janesPerson);
    expect(told).toMatchObject({ category: 'person', fields: { isPatient: false, preferredIdentifier: null } });
    expect(told.covers).toEqual(expect.arrayContaining(['identifiers', 'isPatient', 'preferredIdentifier', 'names']));
  });

  it('is not created without a name or a gender, a patient not without an identifier', () => {
    const nameless = decodePerson({ ...janesPerson, names: [], gender: null });
    expect(() => person.encodeCreate(nameless, { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ code: 'incomplete', details: { fields: ['gender', 'names'] } }),
    );
    expect(() => patient.encodeCreate(decode({ ...jane, identifiers: [] }), { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ details: { fields: ['identifiers'] } }),
    );
  });
});

it('knows which record the categories of a feed lead to', () => {
  const led = [
    'location',
    'Patient',
    'patient_identifier',
    'person',
    'person_name',
    'person_address',
    'person_attribute',
    'visit',
    'Encounter',
    'observation',
    'relationship',
    'allergy',
    'cohort',
    'appointment',
  ].map((feed) => categoryOfFeed(feed)?.aggregate);
  expect(led).toEqual([
    'location',
    'person',
    'person',
    'person',
    'person',
    'person',
    'person',
    'visit',
    'encounter',
    'obs',
    'relationship',
    'allergy',
    'cohort',
    undefined,
  ]);
});
