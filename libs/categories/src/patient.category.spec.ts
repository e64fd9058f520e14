import { describe, expect, it } from '@jest/globals';
import { RefusedError } from '@sync-hub/contracts';
import type { CanonicalRecord } from './canonical.js';
import { patient } from './patient.category.js';
import { MODERN_PLATFORM } from './platform.js';
import { audit, decode, HOME, JANE, jane, janesPerson, NO_ADDRESS, NO_NAME, record, withPerson } from './testing/jane.js';

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
  rules: [
    { rule: 'stands', facts: [['dead'], ['deathDate'], ['causeOfDeath', 'causeOfDeathNonCoded']] },
    { rule: 'chosen', field: 'preferredIdentifier', list: 'identifiers' },
    { rule: 'chosen', field: 'preferredName', list: 'names' },
    { rule: 'chosen', field: 'preferredAddress', list: 'addresses' },
  ],
  labels: { 'admin-1': 'admin', 'concept-1': 'Malaria', 'place-2': 'Ward' },
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

describe('a voided patient', () => {
  const voided = (voidReason: string, change: object = { voided: true }) => decode({ ...jane, ...change, auditInfo: { voidReason } });

  it.each(['Merged with patient #7', 'The patient corresponding to this person has been voided and Merged with patient #7'])(
    'says that she was merged into another: %s',
    (reason) => expect(voided(reason).mergedAway).toBe(true),
  );

  it('says nothing of it for any other reason, nor once she was brought back', () => {
    expect([voided('entered in error').mergedAway, voided('').mergedAway, voided('Merged with patient #7', { voided: false }).mergedAway]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
