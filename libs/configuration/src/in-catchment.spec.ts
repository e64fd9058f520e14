import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { Tie } from '@sync-hub/contracts';
import fc from 'fast-check';
import { type Catchment, catchment as catchmentSchema } from './catchment.schema.js';
import { cohortsGoneBy, goesByPlaces, type PlacesAbove, placesToFind, type TiesOfPatient, tiesGoneBy, whyNotIn } from './in-catchment.js';

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
const word = (rule: Catchment, patient: CanonicalRecord, ties: TiesOfPatient = new Map()): string =>
  whyNotIn(rule, patient, { places: KNOWN, ties, cohorts: COHORTS }) ?? 'in';

/** She is in the first and not in the second; of others nobody knows. */
const COHORTS = new Map([
  ['staff', true],
  ['trial', false],
]);
const ofCohort = (...isOneOf: string[]): Catchment => ({ rule: 'cohort', isOneOf });

const inHiv: Catchment = { rule: 'program', isOneOf: ['hiv'], state: 'ever' };
const nowInHiv: Catchment = { rule: 'program', isOneOf: ['hiv'], state: 'active' };
const seenInCounty: Catchment = { rule: 'visit-location', isWithin: [COUNTY] };
const treatedInCounty: Catchment = { rule: 'encounter-location', isWithin: [COUNTY] };
const to = (place: string | null, isEnded = false): Tie => ({ to: place, isEnded });
const enrolled = (...ties: readonly Tie[]): TiesOfPatient => new Map([['programenrollment', ties]]);
const visited = (...ties: readonly Tie[]): TiesOfPatient => new Map([['visit', ties]]);
const treated = (...ties: readonly Tie[]): TiesOfPatient => new Map([['encounter', ties]]);

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

  it.each<[string, Catchment, TiesOfPatient, string]>([
    ['by a program has who is in it', inHiv, enrolled(to('tb'), to('hiv')), 'in'],
    ['by a program has who was in it', inHiv, enrolled(to('hiv', true)), 'in'],
    ['by a program has nobody of another', inHiv, enrolled(to('tb')), 'outside-catchment'],
    ['by a program has nobody of none', inHiv, enrolled(), 'outside-catchment'],
    ['by a program cannot tell of whom it was not listed', inHiv, visited(to('hiv')), 'ties-unknown'],
    ['by an active program has who is in it', nowInHiv, enrolled(to('hiv', true), to('hiv')), 'in'],
    ['by an active program has nobody who has completed it', nowInHiv, enrolled(to('hiv', true), to('tb')), 'outside-catchment'],
    ['of everybody but a program has who is in none', not(inHiv), enrolled(), 'in'],
    ['of everybody but a program has nobody of it', not(inHiv), enrolled(to('hiv', true)), 'outside-catchment'],
    ['of everybody but a program has nobody of whom it was not listed', not(inHiv), new Map(), 'ties-unknown'],
    ['by the place of a visit has who came below it', seenInCounty, visited(to(OTHER), to(CLINIC)), 'in'],
    ['by the place of a visit has nobody who came elsewhere', seenInCounty, visited(to(OTHER)), 'outside-catchment'],
    ['by the place of a visit has nobody who came nowhere', seenInCounty, visited(to(null)), 'outside-catchment'],
    ['by the place of a visit has nobody who never came', seenInCounty, visited(), 'outside-catchment'],
    ['by the place of a visit cannot tell of a place that it does not know', seenInCounty, visited(to(OTHER), to('half-known')), 'place-unknown'],
    ['by the place of a visit cannot tell of whom none was listed', seenInCounty, treated(to(CLINIC)), 'ties-unknown'],
    ['of everybody but who came there cannot tell of a place that it does not know', not(seenInCounty), visited(to('new')), 'place-unknown'],
    ['by the place of an encounter has who was treated below it', treatedInCounty, treated(to(CLINIC)), 'in'],
    ['by the place of an encounter has nobody who was treated elsewhere', treatedInCounty, treated(to(OTHER)), 'outside-catchment'],
    ['by the place of an encounter cannot tell of whom none was listed', treatedInCounty, visited(to(CLINIC)), 'ties-unknown'],
    ['by a cohort has who is in it', ofCohort('staff'), new Map(), 'in'],
    ['by a cohort has nobody else', ofCohort('trial'), new Map(), 'outside-catchment'],
    ['by one of two cohorts has who is in one', ofCohort('trial', 'staff'), new Map(), 'in'],
    ['by one of two cohorts has who is in one, though the other is not known', ofCohort('unread', 'staff'), new Map(), 'in'],
    ['by one of two cohorts cannot tell where one is not known', ofCohort('trial', 'unread'), new Map(), 'cohort-unknown'],
    ['of everybody but a cohort has nobody of it', not(ofCohort('staff')), new Map(), 'outside-catchment'],
    ['of everybody but a cohort has the others', not(ofCohort('trial')), new Map(), 'in'],
    ['of everybody but a cohort has nobody where it is not known', not(ofCohort('unread')), new Map(), 'cohort-unknown'],
    ['of a program and a place has who fits both', all(inHiv, seenInCounty), new Map([...enrolled(to('hiv')), ...visited(to(CLINIC))]), 'in'],
    ['of a program or a place has who fits one, though the other was not listed', any(inHiv, seenInCounty), visited(to(CLINIC)), 'in'],
  ])('%s', (_what, rule, ties, expected) => {
    expect(word(rule, aPatient({}), ties)).toBe(expected);
  });

  it('names the places that it must know and does not, the highest that it has heard of', () => {
    const patient = aPatient({ ...registeredAt(CLINIC, 'half-known', 'new'), [`attributes[${TYPE}]`]: 'newer' });
    const beside = { places: KNOWN, ties: visited(to('newest'), to(CLINIC), to(null)) };
    expect(placesToFind(not(any(inCounty, all(byAttribute), inKisumu, seenInCounty)), patient, beside)).toEqual(['never-seen', 'new', 'newer', 'newest']);
    expect(placesToFind(any(inKisumu, treatedInCounty), patient, beside)).toEqual([]);
  });

  it('asks nobody for a place by what somebody typed', () => {
    const typed = aPatient({ [`attributes[${TYPE}]`]: 'Juma', [`attributes[${TYPE}#2]`]: '0734872532' });
    expect([word(byAttribute, typed), placesToFind(byAttribute, typed, { places: KNOWN, ties: new Map() })]).toEqual(['no-place', []]);
  });

  it('goes by places if any rule in it does', () => {
    expect([goesByPlaces(not(any(inKisumu, inCounty))), goesByPlaces(all(inKisumu, ofProgram, inHiv, { rule: 'everyone' }))]).toEqual([true, false]);
    expect([goesByPlaces(not(seenInCounty)), goesByPlaces(any(inHiv, treatedInCounty))]).toEqual([true, true]);
  });

  it('goes by what hangs on a patient if any rule in it does', () => {
    expect(tiesGoneBy(not(any(inKisumu, inHiv, all(nowInHiv, seenInCounty))))).toEqual(['programenrollment', 'visit']);
    expect([tiesGoneBy(treatedInCounty), tiesGoneBy(all(inCounty, byAttribute))]).toEqual([['encounter'], []]);
  });

  it('names the cohorts that it goes by', () => {
    expect(cohortsGoneBy(not(any(inHiv, ofCohort('staff', 'trial'), all(ofCohort('staff')))))).toEqual(['staff', 'trial']);
    expect(cohortsGoneBy(inHiv)).toEqual([]);
  });

  it('asks of a program whether she ever was in it, unless it says otherwise', () => {
    const program = { rule: 'program', isOneOf: ['8d6c993e-c2cc-11de-8d13-0010c6dffd0f'] };
    expect(catchmentSchema.parse(program)).toEqual({ ...program, state: 'ever' });
    expect(
      [
        { ...program, state: 'active' },
        { ...program, state: 'completed' },
      ].map((rule) => catchmentSchema.safeParse(rule).success),
    ).toEqual([true, false]);
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
    const leaf = fc.constantFrom<Catchment>(inKisumu, inCounty, byAttribute, inHiv, nowInHiv, seenInCounty, treatedInCounty, ofCohort('unread'));
    fc.assert(fc.property(trees(leaf), (rule) => word(rule, aPatient({})) !== 'in'));
  });

  it('has a patient by her ties whatever becomes known of them, or has her not', () => {
    const leaf = fc.constantFrom<Catchment>(inHiv, nowInHiv, seenInCounty, treatedInCounty);
    const tie = fc.record({ to: fc.constantFrom('hiv', 'tb', CLINIC, OTHER, null), isEnded: fc.boolean() });
    const whole = fc.record({
      programenrollment: fc.array(tie, { maxLength: 2 }),
      visit: fc.array(tie, { maxLength: 2 }),
      encounter: fc.array(tie, { maxLength: 2 }),
    });
    const seen = fc.subarray(['programenrollment', 'visit', 'encounter'] as const);
    const places: PlacesAbove = new Map([...KNOWN, ...['hiv', 'tb'].map((place) => [place, { chain: [place], isWhole: true }] as const)]);
    fc.assert(
      fc.property(trees(leaf), whole, seen, (rule, all, categories) => {
        const before = whyNotIn(rule, aPatient({}), { places, cohorts: COHORTS, ties: new Map(categories.map((category) => [category, all[category]])) });
        const after = whyNotIn(rule, aPatient({}), { places, cohorts: COHORTS, ties: new Map(Object.entries(all) as [keyof typeof all, Tie[]][]) });
        return before === 'ties-unknown' || before === after;
      }),
    );
  });
});

/** Rules of these, in any combination. */
const trees = (leaf: fc.Arbitrary<Catchment>): fc.Arbitrary<Catchment> =>
  fc.letrec<{ tree: Catchment }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ rule: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ rule: fc.constant('not' as const), of: tie('tree') }),
    ),
  })).tree;
