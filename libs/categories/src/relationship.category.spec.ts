import { describe, expect, it } from '@jest/globals';
import { patientsOf } from './all-categories.js';
import { MODERN_PLATFORM } from './platform.js';
import { relationship } from './relationship.category.js';

describe('a decoded relationship', () => {
  const body = {
    uuid: 'kin-1',
    display: 'Mary is the Parent of Jane',
    personA: { uuid: 'mary-1', display: 'Mary' },
    relationshipType: { uuid: 'parent-here', display: 'Parent/Child' },
    personB: { uuid: 'jane-1', display: '100GEJ - Jane' },
    startDate: '2020-05-01T00:00:00.000+0300',
    endDate: null,
    voided: false,
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/relationship/kin-1' }],
  };
  const of = (change: object = {}) =>
    relationship.decode(
      { ...body, ...change },
      {
        record: { aggregate: 'relationship', uuid: 'kin-1' },
        client: 'rest',
        platform: MODERN_PLATFORM,
        canonicalUuid: (_aggregate, uuid) => uuid.replace('-here', ''),
      },
    );
  const writes = (fields: [string, string | null][]) => ({ fields: new Map(fields) });

  it('is in normal form, and names both persons as records and its type as metadata: golden', () => {
    const { fields, references } = of();
    expect(fields).toEqual({ personA: 'mary-1', relationshipType: 'parent', personB: 'jane-1', startDate: '2020-04-30T21:00:00Z', endDate: null });
    expect(references).toEqual([
      { path: 'personA', resource: 'person', uuid: 'mary-1', aggregate: 'person' },
      { path: 'relationshipType', resource: 'relationshiptype', uuid: 'parent', aggregate: null },
      { path: 'personB', resource: 'person', uuid: 'jane-1', aggregate: 'person' },
    ]);
  });

  it('hangs on both its persons, and on nobody once it is voided and tells nothing', () => {
    expect(patientsOf(of()).map(({ uuid }) => uuid)).toEqual(['mary-1', 'jane-1']);
    expect(patientsOf(of({ personB: { uuid: 'mary-1' } }))).toHaveLength(1);
    expect(patientsOf(of({ voided: true }))).toEqual([]);
  });

  it('gets another type or date by one request, and never another person', () => {
    expect(relationship.planSteps(of(), of(), writes([['endDate', '2021-01-01T00:00:00Z']]), { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: 'relationship/kin-1', body: { endDate: '2021-01-01T00:00:00.000+0000' } },
    ]);
    for (const end of ['personA', 'personB'])
      expect(() => relationship.planSteps(of(), of(), writes([[end, 'john-1']]), { platform: MODERN_PLATFORM })).toThrow(
        expect.objectContaining({ code: 'cannot-change', details: { fields: [end] } }),
      );
  });
});
