import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import { CATEGORIES } from './all-categories.js';
import type { Category } from './define-category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

const FOLDER = join(process.cwd(), '../shared/recorded');
const files = existsSync(FOLDER)
  ? ['rest-android', 'rest-motech'].flatMap((folder) =>
      readdirSync(join(FOLDER, folder)).map((name) => ({
        name: `${folder}/${name}`,
        body: JSON.parse(readFileSync(join(FOLDER, folder, name), 'utf8')) as unknown,
      })),
    )
  : [];
/** What stands in the lists among them. */
const results = files.flatMap(({ name, body }) => {
  const list = (body as { readonly results?: unknown }).results;
  return Array.isArray(list) ? list.map((result: unknown, index) => ({ name: `${name}, result ${index}`, body: result })) : [];
});
const describeRecorded = files.length > 0 ? describe : describe.skip;
const OLD: Platform = { ...MODERN_PLATFORM, addressLines: 6, hasBirthtime: false, hasDeathdateEstimated: false, hasCauseOfDeathNonCoded: false };

function read(category: Category, body: unknown) {
  try {
    return category.decode(body, { record: { aggregate: category.aggregate, uuid: 'asked-for' }, client: 'rest', platform: OLD });
  } catch (error) {
    return error;
  }
}

const OURS: Readonly<Record<string, { readonly category: Category; readonly told: object }>> = {
  'rest-motech/location-response.json': {
    category: CATEGORIES.location,
    told: {
      fields: { name: 'Location Name', address6: 'Region', countyDistrict: 'Location District', stateProvince: 'Location State', country: 'Location Country' },
    },
  },
  'rest-android/GetVisit.json': {
    category: CATEGORIES.visit,
    told: {
      fields: { patient: 'eafd4117-3d8b-4541-9a60-c0bd353155ab', startDatetime: '2023-07-31T17:45:40Z', stopDatetime: null, indication: null },
      covers: ['attributes', 'indication', 'location', 'patient', 'startDatetime', 'stopDatetime', 'visitType'],
    },
  },
  'rest-android/VisitGet-success.json': { category: CATEGORIES.visit, told: { fields: { stopDatetime: '2016-12-11T07:56:32Z' } } },
  'rest-motech/observation-response.json': {
    category: CATEGORIES.observation,
    told: {
      fields: {
        person: 'c10463d2-a811-4a4b-a3d9-76a932ba6e75',
        'obs[01a4703c-f89f-4316-803b-dc9d08da5a0a]': '{"concept":"b8be9fcf-91bc-41c5-ba8e-0434343990a2","numeric":1}',
        'obs[01a4703c-f89f-4316-803b-dc9d08da5a0a].obsDatetime': '2016-07-29T10:29:50Z',
      },
      // What it does not tell is not empty.
      covers: ['obs', 'obs.obsDatetime', 'obs.seconds', 'obsNotCarried', 'person'],
    },
  },
  'rest-motech/observation-with-concept-value-response.json': {
    category: CATEGORIES.observation,
    told: { fields: { 'obs[01a4703c-f89f-4316-803b-dc9d08da5a0a]': '{"concept":"b8be9fcf-91bc-41c5-ba8e-0434343990a2","coded":"conceptValueUuid"}' } },
  },
  'rest-android/EncounterGet-success.json': {
    category: CATEGORIES.encounter,
    told: { message: 'Encounter: obs is missing, allowed is a list, which takes the privilege Get Observations' },
  },
  'rest-android/EncounterPost-success.json': {
    category: CATEGORIES.encounter,
    told: { message: 'Encounter: patient is object, allowed is a uuid, or an object with one' },
  },
  'rest-android/ObservationPost-success.json': {
    category: CATEGORIES.observation,
    told: { message: 'Observation: obsDatetime is text, allowed is a moment such as 2020-05-01T10:15:00.000+0000' },
  },
  'rest-motech/prepare-observation.json': { category: CATEGORIES.observation, told: { message: 'Observation: uuid is missing, allowed is text' } },
  'rest-motech/location-create.json': { category: CATEGORIES.location, told: { fields: { description: 'Location Name' } } },
  'rest-motech/patient-response.json': { category: CATEGORIES.patient, told: { message: 'Patient: identifiers.0 lacks a part' } },
  'rest-android/ProgramGet-success.json': {
    category: CATEGORIES.program,
    told: { fields: { name: 'HIV Care and Treatment', concept: '138405AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
  },
  'rest-android/DrugGet-success.json': {
    category: CATEGORIES.drug,
    told: {
      fields: { name: 'Famotidine', concept: '76178AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', combination: false, strength: null, maximumDailyDose: null },
      covers: expect.arrayContaining(['dosageForm', 'drugReferenceMaps', 'ingredients']),
    },
  },
  'rest-android/DrugCreate-success.json': { category: CATEGORIES.drug, told: { fields: { maximumDailyDose: 6, minimumDailyDose: 2 } } },
  'rest-motech/program-enrollment-response.json': {
    category: CATEGORIES.programenrollment,
    told: {
      fields: {
        patient: '159ff70f-cc96-4d18-a252-e0aac0481a39',
        program: '37677597-27e3-4613-9514-e4d2b7b89cfd',
        dateEnrolled: '2015-12-31T22:00:00Z',
        dateCompleted: '2016-12-11T22:00:00Z',
        location: '433f6e08-8c8c-4c64-8cac-1ee96df2d5cc',
      },
      covers: ['dateCompleted', 'dateEnrolled', 'location', 'patient', 'program', 'states'],
    },
  },
  'rest-motech/program-enrollment-create.json': { category: CATEGORIES.programenrollment, told: { fields: { dateCompleted: '2016-12-11T22:00:00Z' } } },
  'rest-motech/bahmni-program-enrollment-create.json': {
    category: CATEGORIES.programenrollment,
    told: { fields: { 'attributes[15799645-c5ae-11e5-905b-005056826881|ASD]': true } },
  },
  'rest-motech/bahmni-program-enrollment-response.json': {
    category: CATEGORIES.programenrollment,
    told: { message: 'Program enrollment: attributes.0.attributeType is missing, allowed is a uuid, or an object with one' },
  },
  'rest-motech/person-response.json': {
    category: CATEGORIES.person,
    told: { message: 'Person: attributes.0.attributeType is missing, allowed is a uuid, or an object with one' },
  },
};

describeRecorded('a body that another system sent', () => {
  it.each([...files, ...results])('$name becomes a record, or is refused by path, and crashes no codec', ({ body }) => {
    for (const category of Object.values(CATEGORIES)) {
      const result = read(category, body);
      if (result instanceof ContractError) expect(result.details['path']).toEqual(expect.any(String));
      else expect(result).toMatchObject({ category: category.name, presence: 'present' });
    }
  });

  it('is the record it tells of, where it is of our kinds', () => {
    const seen = files.filter(({ name }) => name in OURS).map(({ name, body }) => ({ name, result: read(OURS[name]?.category as Category, body) }));
    expect(seen.length).toBe(Object.keys(OURS).length);
    const by = Object.fromEntries(seen.map(({ name, result }) => [name, result]));
    const refused = 'rest-motech/patient-response.json';
    for (const [name, { told }] of Object.entries(OURS)) if (name !== refused) expect(by[name]).toMatchObject(told);
    expect(by['rest-motech/patient-response.json']).toMatchObject({
      fields: {
        isPatient: true,
        gender: 'M',
        birthdate: '1950-01-01',
        'identifiers[III|588]': true,
        'identifiers[III|588].location': 'LLL',
        'attributes[8d871f2a-c2cc-11de-8d13-0010c6dffd0f]': '5555',
      },
      itemUuids: { 'identifiers[III|588]': 'AAA' },
    });
  });

  it('is refused where it is of another kind', () => {
    const others = files.filter(({ name }) => !(name in OURS));
    const taken = others.flatMap(({ name, body }) =>
      Object.values(CATEGORIES).flatMap((category) => (read(category, body) instanceof ContractError ? [] : [`${name} as ${category.name}`])),
    );
    expect(taken).toEqual([]);
  });
});

describeRecorded('a list of encounters', () => {
  it.each(results.filter(({ name }) => name.startsWith('rest-motech/encounter')))('has $name, refused by the path of what it lacks', ({ body }) => {
    expect(read(CATEGORIES.encounter, body)).toMatchObject({ message: 'Encounter: encounterType is object, allowed is a uuid, or an object with one' });
    const typed = { ...(body as object), encounterType: 'type-1', encounterProviders: [] };
    expect(read(CATEGORIES.encounter, typed)).toMatchObject({ message: 'Encounter: obs.0.concept is object, allowed is a uuid, or an object with one' });
  });
});
