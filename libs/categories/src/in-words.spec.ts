import { describe, expect, it } from '@jest/globals';
import { itemInWords, type Shown, valueInWords } from './in-words.js';
import { HOME, JANE } from './testing/jane.js';

const WEIGHT = 'weight-concept';
const patient = (labels: Shown['labels'] = {}): Shown => ({
  category: 'patient',
  fields: {},
  labels: { t: 'OpenMRS ID', p: 'Kisumu Clinic', s: 'Civil status', m: 'Married', ...labels },
});
const obs = (key: string, heart: object) => ({ [`obs[${key}]`]: JSON.stringify(heart) });
const encounter: Shown = {
  category: 'encounter',
  fields: {
    ...obs('o1', { concept: WEIGHT, numeric: 62 }),
    ...obs('o2', { concept: 'dx', group: 'g', coded: 'malaria' }),
    ...obs('g', { concept: 'unnamed' }),
    ...obs('o3', { concept: 'seen', boolean: false }),
  },
  labels: { [WEIGHT]: 'Weight (kg)', dx: 'Diagnosis', malaria: 'Malaria', v: 'Outpatient', who: 'Grace Okello', role: 'Clinician', seen: 'Seen before' },
};

describe('a path in words', () => {
  it.each([
    ['identifiers[t|100GEJ]', patient(), 'OpenMRS ID 100GEJ'],
    ['identifiers[t|1|2]', patient(), 'OpenMRS ID 1|2'],
    ['identifiers[t|100GEJ].location', patient(), 'OpenMRS ID 100GEJ, location'],
    [`names[${JANE}]`, patient(), 'Jane Q Doe'],
    ['names[{"givenName":"Jane [the] {first}"}]', patient(), 'Jane [the] {first}'],
    [`addresses[${HOME}]`, patient(), 'Plot 12, Kapina, Kenya, 2016-03-01T00:00:00Z'],
    ['attributes[s]', patient(), 'Civil status'],
    ['attributes[s#2]', patient(), 'Civil status (2)'],
    ['attributes[a-type-without-a-name]', patient(), 'a-type-without-a-name'],
    ['obs[o1]', encounter, 'Weight (kg)'],
    ['obs[o1].comment', encounter, 'Weight (kg), comment'],
    ['obs[nobody-holds-it]', encounter, 'nobody-holds-it'],
    ['encounterProviders[who|role]', encounter, 'Grace Okello, Clinician'],
    ['encounterProviders[who|]', encounter, 'Grace Okello'],
    ['attributes[t|14105]', { category: 'location', fields: {}, labels: { t: 'Facility code' } } satisfies Shown, 'Facility code: 14105'],
    ['gender', patient(), null],
  ])('%s', (path, shown, words) => {
    expect(itemInWords(path, shown)).toBe(words);
  });
});

describe('a value in words', () => {
  it.each([
    ['obs[o1]', encounter.fields['obs[o1]'], encounter, '62'],
    ['obs[o2]', encounter.fields['obs[o2]'], encounter, 'Malaria'],
    ['obs[o3]', encounter.fields['obs[o3]'], encounter, 'false'],
    ['obs[g]', encounter.fields['obs[g]'], encounter, null],
    ['obs[o1].comment', 'twice', encounter, null],
    ['encounterType', 'v', encounter, 'Outpatient'],
    ['encounterType', 'a-type-without-a-name', encounter, null],
    ['encounterDatetime', '2020-05-01T10:15:00Z', encounter, null],
    ['identifiers[t|100GEJ]', true, patient(), 'OpenMRS ID 100GEJ'],
    ['identifiers[t|100GEJ].location', 'p', patient(), 'Kisumu Clinic'],
    ['preferredIdentifier', 't|100GEJ', patient(), 'OpenMRS ID 100GEJ'],
    ['preferredName', JANE, patient(), 'Jane Q Doe'],
    ['attributes[s]', 'm', patient(), 'Married'],
    ['attributes[s]', 'some text', patient(), null],
    ['isPatient', true, patient(), null],
    ['gender', null, patient(), null],
    ['names[x]', undefined, patient(), null],
    ['answers', '["concept/malaria","drug/other"]', { category: 'concept', fields: {}, labels: { malaria: 'Malaria' } } satisfies Shown, 'Malaria, other'],
  ])('%s %s', (path, value, shown, words) => {
    expect(valueInWords(path, value, shown)).toBe(words);
  });
});
