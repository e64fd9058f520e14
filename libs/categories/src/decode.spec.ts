import { describe, expect, it } from '@jest/globals';
import { ContractError, RefusedError } from '@sync-hub/contracts';
import { CATEGORIES, categoryOfFeed } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

const { location, patient, person } = CATEGORIES;
const JANE = '{"givenName":"Jane","middleName":"Q","familyName":"Doe"}';
const HOME = '{"address1":"Plot 12","cityVillage":"Kapina","country":"Kenya","startDate":"2016-03-01T00:00:00Z"}';
const audit = (dateChanged: string | null = null) => ({
  creator: { uuid: 'admin-1', display: 'admin', links: [] },
  dateCreated: '2020-05-01T13:15:00.000+0300',
  changedBy: null,
  dateChanged,
});
const NO_NAME = {
  prefix: null,
  givenName: null,
  middleName: null,
  familyNamePrefix: null,
  familyName: null,
  familyName2: null,
  familyNameSuffix: '',
  degree: null,
};
const NO_ADDRESS = {
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`address${index + 1}`, null])),
  ...{
    cityVillage: null,
    countyDistrict: null,
    stateProvince: null,
    country: null,
    postalCode: null,
    latitude: null,
    longitude: null,
    startDate: null,
    endDate: null,
  },
};

const janesPerson = {
  uuid: 'jane-1',
  display: 'Jane Q Doe',
  gender: ' F ',
  birthdate: '1930-05-12T00:00:00.000+0230',
  birthdateEstimated: false,
  birthtime: '1970-01-01T14:05:09.000+0300',
  dead: true,
  deathDate: '2020-05-01T23:30:00.500+0300',
  deathdateEstimated: false,
  causeOfDeath: { uuid: 'concept-1', display: 'Malaria' },
  causeOfDeathNonCoded: '',
  voided: false,
  names: [
    { uuid: 'name-1', ...NO_NAME, givenName: 'Jane ', middleName: 'Q', familyName: 'Doe', preferred: true, voided: false, auditInfo: audit() },
    { uuid: 'name-2', ...NO_NAME, givenName: 'Janie', preferred: false, voided: true, auditInfo: audit() },
  ],
  addresses: [
    {
      uuid: 'address-1',
      ...NO_ADDRESS,
      address1: 'Plot 12',
      cityVillage: 'Kapina',
      country: 'Kenya',
      startDate: '2016-03-01T03:00:00.000+0300',
      preferred: true,
      voided: false,
    },
  ],
  attributes: [
    {
      uuid: 'attribute-1',
      value: { uuid: 'place-2', display: 'Ward', links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/location/place-2' }] },
      attributeType: { uuid: 'type-1' },
      voided: false,
    },
    { uuid: 'attribute-2', value: 5555, attributeType: { uuid: 'type-2' }, voided: false },
    { uuid: 'attribute-3', value: 'b', attributeType: { uuid: 'type-3' }, voided: false },
    { uuid: 'attribute-4', value: 'a', attributeType: { uuid: 'type-3' }, voided: false },
    { uuid: 'attribute-5', value: '  ', attributeType: { uuid: 'type-4' }, voided: false },
  ],
  auditInfo: audit(),
};
const jane = {
  uuid: 'jane-1',
  identifiers: [
    { uuid: 'id-1', identifier: '100GEJ', identifierType: { uuid: 'idtype-1' }, location: { uuid: 'place-1' }, preferred: true, voided: false },
    { uuid: 'id-2', identifier: 'N-7', identifierType: 'idtype-2', location: null, preferred: false, voided: false },
  ],
  person: janesPerson,
  voided: false,
  auditInfo: audit('2021-01-02T00:00:00.000+0000'),
};

const record = { aggregate: 'person' as const, uuid: 'jane-1' };
const decode = (body: unknown, platform: Platform = MODERN_PLATFORM) => patient.decode(body, { record, client: 'rest', platform });
const decodePerson = (body: unknown) => person.decode(body, { record, client: 'rest', platform: MODERN_PLATFORM });
const withPerson = (change: object) => ({ ...jane, person: { ...janesPerson, ...change } });

const GOLDEN: Omit<CanonicalRecord, 'stamp'> = {
  record,
  category: 'patient',
  shape: 1,
  client: 'rest',
  presence: 'present',
  fields: {
    isPatient: true,
    gender: 'F',
    birthdate: '1930-05-12',
    birthdateEstimated: false,
    birthtime: '14:05:09',
    dead: true,
    deathDate: '2020-05-01T20:30:00Z',
    deathdateEstimated: false,
    causeOfDeath: 'concept-1',
    causeOfDeathNonCoded: null,
    'identifiers[idtype-1|100GEJ]': true,
    'identifiers[idtype-1|100GEJ].location': 'place-1',
    'identifiers[idtype-2|N-7]': true,
    'identifiers[idtype-2|N-7].location': null,
    preferredIdentifier: 'idtype-1|100GEJ',
    [`names[${JANE}]`]: true,
    preferredName: JANE,
    [`addresses[${HOME}]`]: true,
    preferredAddress: HOME,
    'attributes[type-1]': 'place-2',
    'attributes[type-2]': '5555',
    'attributes[type-3]': 'a',
    'attributes[type-3#2]': 'b',
  },
  covers: [
    ...[
      'addresses',
      'attributes',
      'birthdate',
      'birthdateEstimated',
      'birthtime',
      'causeOfDeath',
      'causeOfDeathNonCoded',
      'dead',
      'deathDate',
      'deathdateEstimated',
      'gender',
    ],
    ...['identifiers', 'isPatient', 'names', 'preferredAddress', 'preferredIdentifier', 'preferredName'],
  ],
  references: [
    { path: 'causeOfDeath', resource: 'concept', uuid: 'concept-1', aggregate: null },
    { path: 'identifiers[idtype-1|100GEJ]', resource: 'patientidentifiertype', uuid: 'idtype-1', aggregate: null },
    { path: 'identifiers[idtype-1|100GEJ].location', resource: 'location', uuid: 'place-1', aggregate: 'location' },
    { path: 'identifiers[idtype-2|N-7]', resource: 'patientidentifiertype', uuid: 'idtype-2', aggregate: null },
    { path: 'attributes[type-1]', resource: 'personattributetype', uuid: 'type-1', aggregate: null },
    { path: 'attributes[type-1]', resource: 'location', uuid: 'place-2', aggregate: 'location' },
    { path: 'attributes[type-2]', resource: 'personattributetype', uuid: 'type-2', aggregate: null },
    { path: 'attributes[type-3]', resource: 'personattributetype', uuid: 'type-3', aggregate: null },
    { path: 'attributes[type-3#2]', resource: 'personattributetype', uuid: 'type-3', aggregate: null },
  ],
  itemUuids: {
    'identifiers[idtype-1|100GEJ]': 'id-1',
    'identifiers[idtype-2|N-7]': 'id-2',
    [`names[${JANE}]`]: 'name-1',
    [`addresses[${HOME}]`]: 'address-1',
    'attributes[type-1]': 'attribute-1',
    'attributes[type-2]': 'attribute-2',
    'attributes[type-3]': 'attribute-4',
    'attributes[type-3#2]': 'attribute-3',
  },
  provenance: { creator: 'admin-1', dateCreated: '2020-05-01T10:15:00Z', changedBy: null, dateChanged: '2021-01-02T00:00:00Z' },
};

describe('a decoded patient', () => {
  it('is in normal form: golden', () => {
    const { stamp, ...told } = decode(jane);
    expect(told).toEqual(GOLDEN);
    expect(stamp).toMatch(/^[\w-]{43}$/);
  });

  it('is created by one nested body, with the uuids of its items, references as uuids: golden', () => {
    const step = patient.encodeCreate(decode(jane), { platform: MODERN_PLATFORM });
    expect(step).toEqual({
      method: 'POST',
      path: 'patient',
      creates: 'record',
      body: {
        identifiers: [
          { uuid: 'id-1', identifier: '100GEJ', identifierType: 'idtype-1', location: 'place-1', preferred: true },
          { uuid: 'id-2', identifier: 'N-7', identifierType: 'idtype-2', preferred: false },
        ],
        person: {
          uuid: 'jane-1',
          gender: 'F',
          birthdate: '1930-05-12',
          birthdateEstimated: false,
          birthtime: '1970-01-01T14:05:09.000',
          dead: true,
          deathDate: '2020-05-01T20:30:00.000+0000',
          deathdateEstimated: false,
          causeOfDeath: 'concept-1',
          names: [{ uuid: 'name-1', givenName: 'Jane', middleName: 'Q', familyName: 'Doe', preferred: true }],
          addresses: [
            { uuid: 'address-1', address1: 'Plot 12', cityVillage: 'Kapina', country: 'Kenya', startDate: '2016-03-01T00:00:00.000+0000', preferred: true },
          ],
          attributes: [
            { uuid: 'attribute-1', attributeType: 'type-1', value: 'place-2' },
            { uuid: 'attribute-2', attributeType: 'type-2', value: '5555' },
            { uuid: 'attribute-4', attributeType: 'type-3', value: 'a' },
            { uuid: 'attribute-3', attributeType: 'type-3', value: 'b' },
          ],
        },
      },
    });
  });

  it('has as preferred the marked item, else the only one, else the first by key; and says nothing where the body does not', () => {
    const two = (first: object, second: object) =>
      decode(
        withPerson({
          names: [
            { uuid: 'n-1', ...NO_NAME, givenName: 'Zoe', ...first },
            { uuid: 'n-2', ...NO_NAME, givenName: 'Ann', ...second },
          ],
        }),
      );
    expect(two({ preferred: true }, { preferred: false }).fields['preferredName']).toBe('{"givenName":"Zoe"}');
    expect(two({ preferred: false }, { preferred: false }).fields['preferredName']).toBe('{"givenName":"Ann"}');
    expect(two({ preferred: true, voided: true }, {}).fields['preferredName']).toBe('{"givenName":"Ann"}');
    expect(two({}, {}).covers).not.toContain('preferredName');
    expect(two({}, {}).covers).toContain('names');
    expect(decode(withPerson({ addresses: [] })).fields['preferredAddress']).toBeNull();
  });

  it('holds two rows of one content as one item, and remembers both', () => {
    const name = { ...NO_NAME, givenName: 'Ann' };
    const told = decode(
      withPerson({
        names: [
          { uuid: 'n-2', ...name, preferred: false },
          { uuid: 'n-1', ...name, preferred: false },
          { uuid: 'n-3', ...name, preferred: true },
        ],
      }),
    );
    expect(Object.entries(told.itemUuids).filter(([path]) => path.startsWith('names['))).toEqual([
      ['names[{"givenName":"Ann"}]', 'n-3'],
      ['names[{"givenName":"Ann"}]#2', 'n-1'],
      ['names[{"givenName":"Ann"}]#3', 'n-2'],
    ]);
    const steps = patient.planSteps(
      told,
      told,
      {
        fields: new Map<string, true | undefined>([
          ['names[{"givenName":"Ann"}]', undefined],
          ['names[{"givenName":"Zoe"}]', true],
        ]),
      },
      { platform: MODERN_PLATFORM },
    );
    expect(steps.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('?')[0])).toEqual(
      ['n-3', 'n-1', 'n-2'].map((row) => `person/jane-1/name/${row}`),
    );
  });

  it('covers nothing once it is voided, whichever row says so', () => {
    for (const body of [{ ...jane, voided: true }, withPerson({ voided: true })]) {
      expect(decode(body)).toMatchObject({ presence: 'voided', covers: [], fields: {}, references: [], itemUuids: {} });
    }
  });

  it.each([
    ['a missing scalar', withPerson({ birthdate: undefined }), 'birthdate', true],
    ['a missing list', { ...jane, identifiers: undefined }, 'identifiers', true],
    ['a list that is null', { ...jane, identifiers: null }, 'identifiers', true],
    ['an item without a key', { ...jane, identifiers: [{}] }, 'identifiers', true],
    [
      'an identifier whose location is withheld',
      { ...jane, identifiers: [{ uuid: 'i', identifier: '1', identifierType: 'T', preferred: true }] },
      'identifiers',
      true,
    ],
    ['a name that lacks a part', withPerson({ names: [{ uuid: 'n', givenName: 'Jane', familyName: 'Doe' }] }), 'names', true],
    ['an attribute without its value', withPerson({ attributes: [{ uuid: 'a', attributeType: 'T' }] }), 'attributes', true],
    ['an empty list', withPerson({ attributes: [] }), 'attributes', false],
    ['an empty scalar', withPerson({ gender: '' }), 'gender', false],
  ])('takes %s for what it is: unknown is not empty', (_what, body, name, isUnknown) => {
    const told = decode(JSON.parse(JSON.stringify(body)));
    expect(told.covers.includes(name)).toBe(!isUnknown);
    expect(Object.keys(told.fields).some((path) => path.split('[')[0] === name && told.fields[path] !== null)).toBe(false);
  });

  it('leaves the lines that a platform lacks out of the keys of its addresses', () => {
    const six = Object.fromEntries(Object.entries(NO_ADDRESS).filter(([part]) => !/^address(7|8|9|1\d)$/.test(part)));
    const old = { ...MODERN_PLATFORM, addressLines: 6 as const };
    expect(decode(withPerson({ addresses: [{ uuid: 'a', ...six, address1: 'x' }] }), old).covers).toContain('addresses');
    expect(decode(withPerson({ addresses: [{ uuid: 'a', ...six, address1: 'x' }] })).covers).not.toContain('addresses');
  });

  it('does not write an address to a platform that lacks one of its lines', () => {
    const far = decode(withPerson({ addresses: [{ uuid: 'a', ...NO_ADDRESS, address9: 'x' }] }));
    const options = { platform: { ...MODERN_PLATFORM, addressLines: 6 as const } };
    expect(() => patient.encodeCreate(far, options)).toThrow(expect.objectContaining({ code: 'cannot-hold', details: { fields: ['address9'] } }));
    const writes = { fields: new Map([['addresses[{"address9":"x"}]', true]]) };
    expect(() => patient.planSteps(decode(jane), far, writes, options)).toThrow(RefusedError);
  });

  it.each([
    ['a body that is a list', [jane], '(whole) is list, allowed is object'],
    ['a body that is text', 'Jane Doe', '(whole) is text, allowed is object'],
    ['a patient without its person', { ...jane, person: undefined }, 'person is missing, allowed is object'],
    ['a gender that is a number', withPerson({ gender: 7 }), 'person.gender is number, allowed is text'],
    ['a day that is none', withPerson({ birthdate: 'Jane Doe' }), 'person.birthdate is text, allowed is a day such as 1985-05-12'],
    ['a moment that is none', withPerson({ deathDate: '2020-05-01' }), 'person.deathDate is text, allowed is a moment such as 2020-05-01T10:15:00.000+0000'],
    [
      'a cause of death that is an empty object',
      withPerson({ causeOfDeath: { display: 'Jane' } }),
      'person.causeOfDeath is object, allowed is a uuid, or an object with one',
    ],
    ['identifiers that are an object', { ...jane, identifiers: { a: 1 } }, 'identifiers is object, allowed is list'],
    [
      'an identifier of no type',
      { ...jane, identifiers: [jane.identifiers[0], { identifier: 'SECRET', location: null }] },
      'identifiers.1.identifierType is missing, allowed is a uuid, or an object with one',
    ],
    [
      'an attribute whose value is a list',
      withPerson({ attributes: [{ attributeType: 'T', value: ['SECRET'] }] }),
      'person.attributes.0.value is list, allowed is text, a number, a flag, or an object with a uuid',
    ],
    ['a voided flag that is text', { ...jane, voided: 'SECRET' }, 'voided is text, allowed is boolean'],
    [
      'a name with a part that is an object',
      withPerson({ names: [{ ...NO_NAME, givenName: { Jane: 'Doe' } }] }),
      'person.names.0.givenName is object, allowed is text',
    ],
  ])('is refused as %s, by path and type and never by value', (_what, body, told) => {
    const refusal = (() => {
      try {
        return decode(body);
      } catch (error) {
        return error as ContractError;
      }
    })();
    expect(refusal).toBeInstanceOf(ContractError);
    expect((refusal as ContractError).message).toBe(`Patient: ${told}`);
    expect(JSON.stringify((refusal as ContractError).details)).not.toMatch(/Jane|Doe|SECRET/);
  });

  it('knows references by the uuids they have everywhere', () => {
    const told = patient.decode(jane, {
      record,
      client: 'rest',
      platform: MODERN_PLATFORM,
      canonicalUuid: (aggregate, uuid) => (aggregate === 'location' ? `known-${uuid}` : uuid),
    });
    expect(told.fields).toMatchObject({ 'identifiers[idtype-1|100GEJ].location': 'known-place-1', 'attributes[type-1]': 'known-place-2' });
    const back = patient.encodeCreate(told, { platform: MODERN_PLATFORM, localUuid: (_aggregate, uuid) => uuid.replace('known-', '') });
    expect(back).toEqual(patient.encodeCreate(decode(jane), { platform: MODERN_PLATFORM }));
  });

  it('has a stamp that moves with every audit stamp of it or of an item, and stands still without one', () => {
    const changed = { ...audit(), dateChanged: '2022-01-01T00:00:00.000+0000' };
    const stamps = [
      jane,
      { ...jane, auditInfo: changed },
      withPerson({ auditInfo: changed }),
      withPerson({ names: [{ ...janesPerson.names[0], auditInfo: changed }, janesPerson.names[1]] }),
      withPerson({ names: [janesPerson.names[0], { ...janesPerson.names[1], auditInfo: changed }] }),
      withPerson({ addresses: [{ ...janesPerson.addresses[0], uuid: 'address-2' }] }),
      { ...jane, identifiers: [jane.identifiers[0], { ...jane.identifiers[1], uuid: 'id-3' }] },
      { ...jane, voided: true },
    ].map((body) => decode(body).stamp);
    expect(new Set(stamps).size).toBe(stamps.length);
    const reordered = { ...withPerson({ names: [...janesPerson.names].reverse(), age: 90, display: 'x' }), links: [] };
    expect(decode(reordered).stamp).toBe(stamps[0]);
    const inAnotherZone = { ...jane, auditInfo: { ...jane.auditInfo, dateCreated: '2020-05-01T10:15:00.000+0000' } };
    expect(decode(inAnotherZone).stamp).toBe(stamps[0]);
  });
});

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

describe('a decoded location', () => {
  const place = { aggregate: 'location' as const, uuid: 'place-1' };
  const body = {
    uuid: 'place-1',
    name: 'Ward 3 ',
    description: '',
    latitude: '-0.0917',
    address6: 'Region',
    parentLocation: { uuid: 'place-0', display: 'Clinic' },
    tags: [{ uuid: 'tag-2' }, { uuid: 'tag-1' }],
    attributes: [
      { uuid: 'a-1', attributeType: { uuid: 'type-1' }, value: 'x', voided: false },
      { uuid: 'a-2', attributeType: { uuid: 'type-1' }, value: 'y', voided: false },
    ],
    retired: false,
  };
  const of = (change: object = {}) => location.decode({ ...body, ...change }, { record: place, client: 'rest', platform: MODERN_PLATFORM });

  it('is in normal form: golden', () => {
    expect(of()).toMatchObject({
      presence: 'present',
      fields: {
        name: 'Ward 3',
        description: null,
        latitude: '-0.0917',
        address6: 'Region',
        parentLocation: 'place-0',
        'tags[tag-1]': true,
        'tags[tag-2]': true,
        'attributes[type-1|x]': true,
        'attributes[type-1|y]': true,
      },
      covers: ['address6', 'attributes', 'description', 'latitude', 'name', 'parentLocation', 'tags'],
      itemUuids: { 'attributes[type-1|x]': 'a-1', 'attributes[type-1|y]': 'a-2' },
    });
    expect(of().references).toContainEqual({ path: 'parentLocation', resource: 'location', uuid: 'place-0', aggregate: 'location' });
  });

  it('tells all its fields when it is retired', () => {
    expect(of({ retired: true })).toMatchObject({ presence: 'voided', fields: of().fields, covers: of().covers });
  });

  it('gets the whole list of tags in the one request that changes its scalars', () => {
    const held = of();
    const writes = {
      fields: new Map<string, string | true | null | undefined>([
        ['name', 'Ward 4'],
        ['parentLocation', null],
        ['tags[tag-1]', undefined],
        ['tags[tag-3]', true],
        ['attributes[type-1|x]', undefined],
      ]),
    };
    expect(location.planSteps(held, held, writes, { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: 'location/place-1', body: { name: 'Ward 4', parentLocation: null, tags: ['tag-2', 'tag-3'] } },
      { method: 'DELETE', path: 'location/place-1/attribute/a-1?reason=sync-hub' },
    ]);
  });

  it('is created without a uuid where none is taken', () => {
    const step = location.encodeCreate(of(), { platform: { ...MODERN_PLATFORM, takesUuids: false } });
    expect(step.body).not.toHaveProperty('uuid');
    expect(step.body?.['attributes']).toEqual([
      { uuid: 'a-1', attributeType: 'type-1', value: 'x' },
      { uuid: 'a-2', attributeType: 'type-1', value: 'y' },
    ]);
  });
});

it('knows which record the categories of a feed lead to', () => {
  const led = ['location', 'Patient', 'patient_identifier', 'person', 'person_name', 'person_address', 'person_attribute', 'encounter'].map(
    (feed) => categoryOfFeed(feed)?.aggregate,
  );
  expect(led).toEqual(['location', 'person', 'person', 'person', 'person', 'person', 'person', undefined]);
});
