import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '@sync-hub/merge';
import { absentRecord, CATEGORIES, categoryToWrite } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import type { PlanOptions } from './plan-steps.js';
import { MODERN_PLATFORM } from './platform.js';

const [JANE, JANET, JOAN] = ['Jane', 'Janet', 'Joan'].map((givenName) => JSON.stringify({ givenName, familyName: 'Doe' })) as [string, string, string];
const [FIRST, SECOND] = ['T|1', 'T|2'] as const;

function recordOf(
  fields: Readonly<Record<string, Scalar>>,
  itemUuids: Readonly<Record<string, string>>,
  category: 'person' | 'patient' = 'patient',
): CanonicalRecord {
  return {
    ...absentRecord({ aggregate: 'person', uuid: 'p' }),
    category,
    presence: 'present',
    fields: { isPatient: category === 'patient', gender: 'F', ...fields },
    itemUuids,
  };
}
const jane = recordOf(
  { [`names[${JANE}]`]: true, preferredName: JANE, [`identifiers[${FIRST}]`]: true, [`identifiers[${FIRST}].location`]: 'L', preferredIdentifier: FIRST },
  { [`names[${JANE}]`]: 'n-1', [`identifiers[${FIRST}]`]: 'i-1' },
);
const plan = (held: CanonicalRecord, incoming: CanonicalRecord, writes: Readonly<Record<string, Scalar | undefined>>, options: Partial<PlanOptions> = {}) => {
  const wanted = { fields: new Map(Object.entries(writes)) };
  return categoryToWrite(held, incoming, wanted)
    .planSteps(held, incoming, wanted, { platform: MODERN_PLATFORM, ...options })
    .map(({ method, path, body }) => `${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`);
};

describe('a plan', () => {
  it('rewrites a name in place where the source says which it was', () => {
    const janet = recordOf({ [`names[${JANET}]`]: true, preferredName: JANET }, { [`names[${JANET}]`]: 'n-1' });
    expect(plan(jane, janet, { [`names[${JANET}]`]: true, [`names[${JANE}]`]: undefined, preferredName: JANET })).toEqual([
      'POST person/p/name/n-1 {"givenName":"Janet"}',
    ]);
  });

  it('empties the parts that went', () => {
    const short = JSON.stringify({ givenName: 'Jane' });
    const incoming = recordOf({}, { [`names[${short}]`]: 'n-1' });
    expect(plan(jane, incoming, { [`names[${short}]`]: true, [`names[${JANE}]`]: undefined, preferredName: short })).toEqual([
      'POST person/p/name/n-1 {"familyName":null}',
    ]);
  });

  it('adds a name under a uuid of the server where both sides changed the one', () => {
    const held = recordOf({ [`names[${JOAN}]`]: true, preferredName: JOAN }, { [`names[${JOAN}]`]: 'n-1' });
    const janet = recordOf({ [`names[${JANET}]`]: true }, { [`names[${JANET}]`]: 'n-1' });
    expect(plan(held, janet, { [`names[${JANET}]`]: true })).toEqual(['POST person/p/name {"givenName":"Janet","familyName":"Doe"}']);
  });

  it('offers the uuid of a new name where the site takes it and does not use it', () => {
    const janet = recordOf({}, { [`names[${JANET}]`]: 'n-2' });
    const writes = { [`names[${JANET}]`]: true };
    expect(plan(jane, janet, writes)).toEqual(['POST person/p/name {"uuid":"n-2","givenName":"Janet","familyName":"Doe"}']);
    const without = ['POST person/p/name {"givenName":"Janet","familyName":"Doe"}'];
    expect(plan(jane, janet, writes, { takenItemUuids: new Set(['n-2']) })).toEqual(without);
    expect(plan(jane, janet, writes, { platform: { ...MODERN_PLATFORM, takesItemUuids: false } })).toEqual(without);
  });

  it('makes a new name preferred through its person, after it is there and before the old one goes', () => {
    const janet = recordOf({}, { [`names[${JANET}]`]: 'n-2' });
    expect(plan(jane, janet, { [`names[${JANET}]`]: true, [`names[${JANE}]`]: undefined, preferredName: JANET, gender: 'U' })).toEqual([
      'POST person/p/name {"uuid":"n-2","givenName":"Janet","familyName":"Doe"}',
      'POST person/p {"gender":"U","preferredName":"n-2"}',
      'DELETE person/p/name/n-1?reason=sync-hub',
    ]);
  });

  it('leaves the preference to the next plan where only the server knows the new uuid', () => {
    const writes = { [`names[${JANET}]`]: true, preferredName: JANET };
    const platform = { ...MODERN_PLATFORM, takesItemUuids: false };
    expect(plan(jane, recordOf({}, {}), writes, { platform })).toEqual(['POST person/p/name {"givenName":"Janet","familyName":"Doe"}']);
    const after = recordOf({ ...jane.fields, [`names[${JANET}]`]: true }, { ...jane.itemUuids, [`names[${JANET}]`]: 'theirs' });
    expect(plan(after, recordOf({}, {}), { preferredName: JANET }, { platform })).toEqual(['POST person/p {"preferredName":"theirs"}']);
  });

  it('replaces the only identifier: the new one first, preferred, then the old one goes', () => {
    const incoming = recordOf({}, { [`identifiers[${SECOND}]`]: 'i-2' });
    const writes = {
      [`identifiers[${SECOND}]`]: true,
      [`identifiers[${SECOND}].location`]: 'L',
      [`identifiers[${FIRST}]`]: undefined,
      preferredIdentifier: SECOND,
    };
    expect(plan(jane, incoming, writes)).toEqual([
      'POST patient/p/identifier {"uuid":"i-2","identifier":"2","identifierType":"T","location":"L","preferred":true}',
      'DELETE patient/p/identifier/i-1?reason=sync-hub',
    ]);
    expect(plan(jane, incoming, writes, { platform: { ...MODERN_PLATFORM, demotesIdentifiers: false } })).toEqual([
      'POST patient/p/identifier {"uuid":"i-2","identifier":"2","identifierType":"T","location":"L"}',
      'POST patient/p/identifier/i-1 {"preferred":false}',
      'POST patient/p/identifier/i-2 {"preferred":true}',
      'DELETE patient/p/identifier/i-1?reason=sync-hub',
    ]);
  });

  it('keeps the preferred identifier until the one that follows it can be marked', () => {
    const platform = { ...MODERN_PLATFORM, demotesIdentifiers: false, takesItemUuids: false };
    const writes = {
      [`identifiers[${SECOND}]`]: true,
      [`identifiers[${SECOND}].location`]: 'L',
      [`identifiers[${FIRST}]`]: undefined,
      preferredIdentifier: SECOND,
    };
    expect(plan(jane, recordOf({}, {}), writes, { platform })).toEqual(['POST patient/p/identifier {"identifier":"2","identifierType":"T","location":"L"}']);
    const after = recordOf(
      { ...jane.fields, [`identifiers[${SECOND}]`]: true, [`identifiers[${SECOND}].location`]: 'L' },
      { ...jane.itemUuids, [`identifiers[${SECOND}]`]: 'theirs' },
    );
    expect(plan(after, recordOf({}, {}), { [`identifiers[${FIRST}]`]: undefined, preferredIdentifier: SECOND }, { platform })).toEqual([
      'POST patient/p/identifier/i-1 {"preferred":false}',
      'POST patient/p/identifier/theirs {"preferred":true}',
      'DELETE patient/p/identifier/i-1?reason=sync-hub',
    ]);
  });

  it('corrects an identifier in place, and moves it to another location, but never to none', () => {
    expect(
      plan(jane, recordOf({}, { [`identifiers[${SECOND}]`]: 'i-1' }), {
        [`identifiers[${SECOND}]`]: true,
        [`identifiers[${SECOND}].location`]: 'L',
        [`identifiers[${FIRST}]`]: undefined,
        preferredIdentifier: SECOND,
      }),
    ).toEqual(['POST patient/p/identifier/i-1 {"identifier":"2"}']);
    expect(plan(jane, jane, { [`identifiers[${FIRST}].location`]: 'M' })).toEqual(['POST patient/p/identifier/i-1 {"location":"M"}']);
    expect(plan(jane, jane, { [`identifiers[${FIRST}].location`]: null })).toEqual([]);
  });

  it.each([
    ['last-one', { [`identifiers[${FIRST}]`]: undefined }],
    ['last-one', { [`names[${JANE}]`]: undefined }],
    ['stays-a-patient', { isPatient: false }],
  ])('refuses with %s what no server does', (code, writes) => {
    expect(() => plan(jane, jane, writes)).toThrow(expect.objectContaining({ code, retry: 'never' }));
  });

  it('makes a patient of a person by its uuid alone', () => {
    const held = recordOf({ [`names[${JANE}]`]: true }, { [`names[${JANE}]`]: 'n-1' }, 'person');
    const writes = { isPatient: true, [`identifiers[${FIRST}]`]: true, [`identifiers[${FIRST}].location`]: 'L', preferredIdentifier: FIRST, gender: 'M' };
    expect(plan(held, jane, writes)).toEqual([
      'POST patient {"person":"p","identifiers":[{"uuid":"i-1","identifier":"1","identifierType":"T","location":"L","preferred":true}]}',
      'POST person/p {"gender":"M"}',
    ]);
  });

  it('overwrites an attribute in its row, and numbers several of one type', () => {
    const held = recordOf({ 'attributes[A]': 'a', 'attributes[A#2]': 'b' }, { 'attributes[A]': 'r-1', 'attributes[A#2]': 'r-2' });
    expect(plan(held, held, { 'attributes[A]': 'b', 'attributes[A#2]': undefined })).toEqual([
      'POST person/p/attribute/r-1 {"value":"b"}',
      'DELETE person/p/attribute/r-2?reason=sync-hub',
    ]);
    expect(plan(held, held, { 'attributes[B]': 'c' })).toEqual(['POST person/p/attribute {"attributeType":"B","value":"c"}']);
  });

  it('speaks to a site by its own uuids', () => {
    const localUuid = (_aggregate: string, uuid: string) => ({ p: 'their-p', L: 'their-L', M: 'their-M' })[uuid] ?? uuid;
    expect(plan(jane, jane, { gender: 'U', [`identifiers[${FIRST}].location`]: 'M' }, { localUuid })).toEqual([
      'POST patient/their-p/identifier/i-1 {"location":"their-M"}',
      'POST person/their-p {"gender":"U"}',
    ]);
  });

  it('asks nothing of a platform that has no such scalar, and creates nothing that shall be voided', () => {
    expect(plan(jane, jane, { birthtime: '10:00:00' }, { platform: { ...MODERN_PLATFORM, hasBirthtime: false } })).toEqual([]);
    const absent = absentRecord({ aggregate: 'person', uuid: 'p' });
    expect(CATEGORIES.patient.planSteps(absent, jane, { presence: 'voided', fields: new Map() }, { platform: MODERN_PLATFORM })).toEqual([]);
  });
});
