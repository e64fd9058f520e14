import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import fc from 'fast-check';
import { type Catchment, catchment as catchmentSchema } from './catchment.schema.js';
import { goesByPlaces, type PlacesAbove, placesToFind, whyNotIn } from './in-catchment.js';

const [COUNTY, TOWN, CLINIC, OTHER, TYPE] = ['county', 'town', 'clinic', 'other', 'type-1'];
/** What a server says is a place; all else is text. */
const PLACES = [COUNTY, TOWN, CLINIC, OTHER, 'never-seen', 'half-known', 'new', 'newer'];
const [KISUMU, NAKURU] = ['Kisumu', 'Nakuru'].map((countyDistrict) => JSON.stringify({ countyDistrict })) as [string, string];

function aPatient(fields: Record<string, string | true | null>, covers = ['addresses', 'preferredAddress', 'identifiers', 'attributes']): CanonicalRecord {
  return {
    record: { aggregate: 'person', uuid: '8d6c993e' },
    category: 'patient',
    presence: 'present',
    fields,
    covers,
    stamp: '1',
    shape: 1,
    client: 'rest',
    references: Object.entries(fields).flatMap(([path, value]) =>
      typeof value === 'string' && PLACES.includes(value) ? [{ path, resource: 'location', uuid: value, aggregate: 'location' as const }] : [],
    ),
    itemUuids: {},
    provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
  };
}
const livingIn = (address: string) => ({ [`addresses[${address}]`]: true as const, preferredAddress: address });
const registeredAt = (...places: readonly string[]) => Object.fromEntries(places.map((place, n) => [`identifiers[T|${n}].location`, place]));
const KNOWN: PlacesAbove = new Map([
  [CLINIC, { chain: [CLINIC, TOWN, COUNTY], isWhole: true }],
  [OTHER, { chain: [OTHER], isWhole: true }],
  ['half-known', { chain: ['half-known', 'never-seen'], isWhole: false }],
]);

const inKisumu: Catchment = { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] };
const inCounty: Catchment = { rule: 'identifier-location', isWithin: [COUNTY] };
const byAttribute: Catchment = { rule: 'attribute-location', attributeType: TYPE, isWithin: [TOWN] };
const ofProgram: Catchment = { rule: 'attribute', attributeType: TYPE, isOneOf: [' HIV care '] };
const all = (...of: Catchment[]): Catchment => ({ rule: 'all', of });
const any = (...of: Catchment[]): Catchment => ({ rule: 'any', of });
const not = (of: Catchment): Catchment => ({ rule: 'not', of });
const word = (rule: Catchment, patient: CanonicalRecord): string => whyNotIn(rule, patient, KNOWN) ?? 'in';

describe('a catchment', () => {
  it.each<[string, Catchment, CanonicalRecord, string]>([
    ['by a place has who is registered there', { rule: 'identifier-location', isWithin: [OTHER] }, aPatient(registeredAt(OTHER)), 'in'],
    ['by a place has who is registered below it', inCounty, aPatient(registeredAt(CLINIC)), 'in'],
    ['by a place has nobody who is registered elsewhere', inCounty, aPatient(registeredAt(OTHER)), 'outside-catchment'],
    ['by a place has who is registered there too', inCounty, aPatient(registeredAt(OTHER, CLINIC)), 'in'],
    ['by a place cannot tell of a place that it does not know', inCounty, aPatient(registeredAt('never-seen')), 'place-unknown'],
    ['by a place cannot tell of a place that is in one that it does not know', inCounty, aPatient(registeredAt(OTHER, 'half-known')), 'place-unknown'],
    ['by a place cannot tell of who is registered nowhere', inCounty, aPatient({}), 'no-place'],
    ['by a place cannot tell where identifiers cannot be seen', inCounty, aPatient(registeredAt(CLINIC), []), 'place-unknown'],
    ['by the place in an attribute has who is there', byAttribute, aPatient({ [`attributes[${TYPE}]`]: CLINIC }), 'in'],
    [
      'by the place in one of two attributes has who is there',
      byAttribute,
      aPatient({ [`attributes[${TYPE}]`]: OTHER, [`attributes[${TYPE}#2]`]: CLINIC }),
      'in',
    ],
    ['by the place in an attribute does not go by another attribute', byAttribute, aPatient({ 'attributes[type-11]': CLINIC }), 'no-place'],
    ['by the place in an attribute cannot tell where they cannot be seen', byAttribute, aPatient({}, []), 'attribute-unknown'],
    ['by an attribute has who has that value, whatever the case', ofProgram, aPatient({ [`attributes[${TYPE}]`]: 'hiv CARE' }), 'in'],
    ['by an attribute has nobody with another', ofProgram, aPatient({ [`attributes[${TYPE}]`]: 'TB' }), 'outside-catchment'],
    ['by an attribute has nobody without', ofProgram, aPatient({}), 'outside-catchment'],
    ['by an attribute cannot tell where they cannot be seen', ofProgram, aPatient({}, []), 'attribute-unknown'],
    ['of two rules has who fits both', all(inKisumu, inCounty), aPatient({ ...livingIn(KISUMU), ...registeredAt(CLINIC) }), 'in'],
    ['of two rules has nobody who fits one', all(inKisumu, inCounty), aPatient({ ...livingIn(NAKURU), ...registeredAt(CLINIC) }), 'outside-catchment'],
    ['of two rules has nobody of whom one cannot tell', all(inKisumu, inCounty), aPatient(livingIn(KISUMU)), 'no-place'],
    ['of one rule or another has who fits one', any(inKisumu, inCounty), aPatient({ ...livingIn(NAKURU), ...registeredAt(CLINIC) }), 'in'],
    ['of one rule or another has who fits one, though the other cannot tell', any(inKisumu, inCounty), aPatient(registeredAt(CLINIC)), 'in'],
    [
      'of one rule or another has nobody who fits neither',
      any(inKisumu, inCounty),
      aPatient({ ...livingIn(NAKURU), ...registeredAt(OTHER) }),
      'outside-catchment',
    ],
    ['of everybody but some has the others', not(inKisumu), aPatient(livingIn(NAKURU)), 'in'],
    ['of everybody but some has none of them', all({ rule: 'everyone' }, not(inKisumu)), aPatient(livingIn(KISUMU)), 'outside-catchment'],
    ['of everybody but some has nobody of whom it cannot tell', not(inKisumu), aPatient({}), 'no-address'],
  ])('%s', (_what, rule, patient, expected) => {
    expect(word(rule, patient)).toBe(expected);
  });

  it('names the places that it must know and does not, the highest that it has heard of', () => {
    const patient = aPatient({ ...registeredAt(CLINIC, 'half-known', 'new'), [`attributes[${TYPE}]`]: 'newer' });
    expect(placesToFind(not(any(inCounty, all(byAttribute), inKisumu)), patient, KNOWN)).toEqual(['never-seen', 'new', 'newer']);
    expect(placesToFind(inKisumu, patient, KNOWN)).toEqual([]);
  });

  it('asks nobody for a place by what somebody typed', () => {
    const typed = aPatient({ [`attributes[${TYPE}]`]: 'Juma', [`attributes[${TYPE}#2]`]: '0734872532' });
    expect([word(byAttribute, typed), placesToFind(byAttribute, typed, KNOWN)]).toEqual(['no-place', []]);
  });

  it('goes by places if any rule in it does', () => {
    expect([goesByPlaces(not(any(inKisumu, inCounty))), goesByPlaces(all(inKisumu, ofProgram, { rule: 'everyone' }))]).toEqual([true, false]);
  });

  it.each<[unknown, boolean]>([
    [all(inKisumu, not(any(inCounty, byAttribute, ofProgram))), false],
    [{ rule: 'identifier-location', isWithin: ['8d6c993e-c2cc-11de-8d13-0010c6dffd0f'] }, true],
    [{ rule: 'all', of: [] }, false],
    [{ rule: 'not', of: [{ rule: 'everyone' }] }, false],
    [{ rule: 'any', of: [{ rule: 'everyone' }, { rule: 'not', of: { rule: 'everyone' } }] }, true],
    [{ rule: 'address-parts', all: [] }, false],
  ])('is written as %j: %s', (written, isValid) => {
    expect(catchmentSchema.safeParse(written).success).toBe(isValid);
  });

  it('that cannot tell lets nobody in, however it is turned round', () => {
    const leaf = fc.constantFrom<Catchment>(inKisumu, inCounty, byAttribute);
    const { tree } = fc.letrec<{ tree: Catchment }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.record({ rule: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ rule: fc.constant('not' as const), of: tie('tree') }),
      ),
    }));
    fc.assert(fc.property(tree, (rule) => whyNotIn(rule, aPatient({}), KNOWN) !== null));
  });
});
