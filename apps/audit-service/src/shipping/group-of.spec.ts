import { describe, expect, it } from '@jest/globals';
import type { AuditRow } from '@sync-hub/contracts';
import fc from 'fast-check';
import { groupOf } from './group-of.js';

const row = (id: number, details: Readonly<Record<string, unknown>> = {}): AuditRow => ({
  id: String(id),
  messageId: `job.ended.v1:${id}:1`,
  type: 'job.ended.v1',
  site: 'kisumu',
  link: 'kisumu',
  aggregate: 'person',
  uuid: 'p1',
  correlationId: String(id),
  outcome: 'pushed',
  reason: null,
  details,
  saidAt: '2026-11-29T08:00:00Z',
  recordedAt: '2026-11-29T08:00:00Z',
});
const bytesOf = (one: AuditRow): number => Buffer.byteLength(JSON.stringify(one));

describe('the rows of one report', () => {
  it('are the first that fit into it, in their order', () => {
    const rows = [row(1), row(2), row(3)];
    expect(groupOf(rows, bytesOf(row(1)) * 2).ids).toEqual(['1', '2']);
    expect(groupOf([], 1000)).toEqual({ ids: [], rows: [], tooLong: [] });
  });

  it('pass over one that is longer than a report, and say so', () => {
    const long = row(2, { fields: ['x'.repeat(2000)] });
    expect(groupOf([row(1), long, row(3)], 1500)).toMatchObject({ ids: ['1', '2', '3'], tooLong: ['2'], rows: [{ id: '1' }, { id: '3' }] });
  });

  it('never have more bytes than a report may, and never are none where there are some', () => {
    const sizes = fc.array(fc.nat(4000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 400, max: 6000 }), (lengths, most) => {
        const rows = lengths.map((length, index) => row(index + 1, { names: 'é'.repeat(length) }));
        const { ids, rows: going, tooLong } = groupOf(rows, most);
        expect(ids.length).toBeGreaterThan(0);
        expect(ids).toEqual(rows.slice(0, ids.length).map(({ id }) => id));
        expect([...going.map(({ id }) => id), ...tooLong].sort()).toEqual([...ids].sort());
        expect(going.reduce((sum, one) => sum + bytesOf(one), 0)).toBeLessThanOrEqual(most);
      }),
    );
  });
});
