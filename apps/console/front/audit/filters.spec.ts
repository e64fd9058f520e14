import { describe, expect, it } from '@jest/globals';
import { AuditFilter } from '@sync-hub/contracts';
import { filterOf, filterOfDay, filtersInHash, placeOfAudit, wrongIn } from './filters.js';

const UUID = 'a1b2c3d4-0000-4000-8000-000000000001';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const NONE = filtersInHash('');

describe('what the audit is searched by', () => {
  it('stands in the address where it was chosen from a list, is a time, or a uuid', () => {
    const filters = { ...NONE, site: 'kisumu', outcome: 'parked', since: '2026-11-30T08:00', record: UUID, trace: TRACE };
    const place = placeOfAudit(filters);
    expect(place).toMatch(/^\/audit#/);
    expect(filtersInHash(place.slice(place.indexOf('#')))).toEqual(filters);
    expect(placeOfAudit(NONE)).toBe('/audit');
  });

  it('stands in no address where somebody typed it', () => {
    const typed = { ...NONE, text: 'Achieng', person: 'Achieng', record: '100-GEJ', patient: 'Achieng.Otieno', trace: 'Achieng' };
    expect(placeOfAudit(typed)).toBe('/audit');
    expect(filtersInHash('#text=Achieng&person=Achieng&record=100-GEJ&nothing=1')).toEqual(NONE);
  });

  it('is asked as the console takes it, or said to be wrong before it is', () => {
    const asked = filterOf({ ...NONE, since: '2026-11-30T08:00', record: ` ${UUID} `, text: 'gender' });
    expect(asked).toEqual({ since: new Date('2026-11-30T08:00').toISOString(), record: UUID, text: 'gender' });
    expect(AuditFilter.parse(asked)).toEqual(asked);
    expect(wrongIn({ ...NONE, record: 'Achieng Otieno', patient: UUID, trace: UUID })).toEqual(['record', 'trace']);
    expect(wrongIn({ ...NONE, trace: TRACE })).toEqual([]);
    expect(AuditFilter.parse(filterOf({ ...NONE, trace: TRACE }))).toEqual({ trace: TRACE });
  });

  it('is all of a day of UTC', () => {
    expect(filterOfDay('2026-11-30')).toEqual({ since: '2026-11-30T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' });
  });
});
