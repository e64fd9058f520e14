import { describe, expect, it } from '@jest/globals';
import type { KnownRecord, KnownSide } from '@sync-hub/persistence';
import { CountCompleteness } from './count-completeness.js';

const side = (fields: KnownSide['fields'], presence: KnownSide['presence'] = 'present'): KnownSide => ({ presence, fields });
const visit = (uuid: string, startDatetime: string, ends: Partial<Pick<KnownRecord, 'parent' | 'child'>> = {}): KnownRecord => {
  const there = side({ patient: `p-${uuid[0]}`, startDatetime });
  return { aggregate: 'visit', uuid, parent: there, child: there, ...ends };
};
const patient = (uuid: string, isPatient = true): KnownRecord => ({ aggregate: 'person', uuid, parent: null, child: side({ isPatient }) });

const counted = (records: readonly (KnownRecord | null)[], from: 'parent' | 'child' = 'child') => {
  const count = new CountCompleteness({ link: 'l', side: from, other: 'central' });
  for (const record of records) count.take(record);
  return { rows: count.rows().map(({ category, month, here, there, both }) => `${month ?? 'all'} ${category} ${here} ${there} ${both}`), sealed: count.sealed };
};

describe('how complete both ends of a link are', () => {
  it('is counted by the month in which care began, patients by that of any of theirs, and all of them beside', () => {
    const october = visit('a1', '2026-10-31T23:59:59Z');
    const { rows } = counted([
      october,
      visit('a2', '2026-11-01T00:00:00Z'),
      visit('a3', '2026-11-05T00:00:00Z', { parent: null }),
      visit('b1', '2026-11-06T08:00:00Z', { parent: null }),
    ]);
    expect(rows).toEqual(['all visit 4 2 2', '2026-11 patient 2 1 1', '2026-11 visit 3 1 1', '2026-10 patient 1 1 1', '2026-10 visit 1 1 1']);
  });

  it('is told as each end sees it', () => {
    const onlyAtClinic = visit('a1', '2026-11-05T00:00:00Z', { parent: null });
    expect([counted([onlyAtClinic]).rows[0], counted([onlyAtClinic], 'parent').rows[0]]).toEqual(['all visit 1 0 0', 'all visit 0 1 0']);
  });

  it('leaves out what is voided, persons who are no patients, and what cannot be opened, which is said', () => {
    const voided = visit('a1', '2026-11-05T00:00:00Z', { child: side({}, 'voided') });
    expect(counted([voided, patient('p-1'), patient('p-2', false), null])).toEqual({
      rows: ['all patient 1 0 0', 'all visit 0 1 0', '2026-11 patient 0 1 0', '2026-11 visit 0 1 0'],
      sealed: 1,
    });
  });

  it('counts one whose time nobody told in no month', () => {
    expect(counted([{ ...visit('a1', ''), child: side({ patient: 'p-a' }), parent: null }]).rows).toEqual(['all visit 1 0 0']);
  });
});
