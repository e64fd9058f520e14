import { describe, expect, it } from '@jest/globals';
import { CARE_CATEGORIES, CATEGORIES } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import { MODERN_PLATFORM } from './platform.js';
import { TYING_CATEGORIES, type TyingCategory, tieOf, tyingCategoryOf } from './tie.js';

const AUDIT = { creator: null, dateCreated: null, changedBy: null, dateChanged: null };
const BODIES: Readonly<Record<TyingCategory, object>> = {
  programenrollment: { program: { uuid: 'hiv' }, dateEnrolled: '2026-03-02T08:30:00.000+0000', dateCompleted: null, location: { uuid: 'elsewhere' } },
  visit: {
    visitType: { uuid: 'stay' },
    location: { uuid: 'clinic' },
    startDatetime: '2026-03-02T08:30:00.000+0000',
    stopDatetime: '2026-03-03T08:30:00.000+0000',
  },
  encounter: {
    encounterType: { uuid: 'vitals' },
    location: { uuid: 'clinic' },
    encounterDatetime: '2026-03-02T08:30:00.000+0000',
    encounterProviders: [],
    obs: [],
  },
};
const read = (category: TyingCategory, more: object = {}): CanonicalRecord =>
  CATEGORIES[category].decode(
    // As a server sends it: without the keys that are undefined.
    JSON.parse(JSON.stringify({ uuid: 'this-one', patient: { uuid: 'moraa' }, voided: false, auditInfo: AUDIT, ...BODIES[category], ...more })),
    { record: { aggregate: CATEGORIES[category].aggregate, uuid: 'this-one' }, client: 'rest', platform: MODERN_PLATFORM },
  );

describe('a tie', () => {
  it.each<[TyingCategory, object, ReturnType<typeof tieOf>]>([
    ['programenrollment', {}, { uuid: 'this-one', patient: 'moraa', to: 'hiv', isEnded: false }],
    ['programenrollment', { dateCompleted: '2026-04-02T08:30:00.000+0000' }, { uuid: 'this-one', patient: 'moraa', to: 'hiv', isEnded: true }],
    ['programenrollment', { dateCompleted: undefined }, 'unknown'],
    ['programenrollment', { voided: true }, 'none'],
    ['visit', {}, { uuid: 'this-one', patient: 'moraa', to: 'clinic', isEnded: false }],
    ['visit', { location: null }, { uuid: 'this-one', patient: 'moraa', to: null, isEnded: false }],
    ['visit', { location: undefined }, 'unknown'],
    ['visit', { patient: undefined }, 'unknown'],
    ['encounter', {}, { uuid: 'this-one', patient: 'moraa', to: 'clinic', isEnded: false }],
    ['encounter', { voided: true }, 'none'],
  ])('of a %s that says also %j is %j', (category, more, expected) => {
    expect(tieOf(read(category, more))).toEqual(expected);
  });

  it('is what hangs on one patient tells, and nothing else', () => {
    expect(CARE_CATEGORIES.filter((category) => CATEGORIES[category].hangsOn?.ties !== undefined).sort()).toEqual([...TYING_CATEGORIES].sort());
    expect(TYING_CATEGORIES.map((category) => CATEGORIES[category].hangsOn?.patients)).toEqual([['patient'], ['patient'], ['patient']]);
    expect(tyingCategoryOf({ record: { aggregate: 'visit', uuid: 'this-one' } })).toBe('visit');
    expect(tyingCategoryOf({ record: { aggregate: 'person', uuid: 'moraa' } })).toBeNull();
  });
});
