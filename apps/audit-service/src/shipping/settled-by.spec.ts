import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settledBy } from './settled-by.js';

const answer = (taken: readonly string[], refused: readonly string[] = []) => ({
  taken: [...taken],
  refused: refused.map((id) => ({ id, path: 'details' })),
});

describe('what an answer settles', () => {
  it('is every row that was taken or refused', () => {
    expect(settledBy({ ids: ['1', '2', '5'], tooLong: ['5'] }, answer(['1'], ['2']))).toEqual({
      upTo: '5',
      taken: ['1'],
      refused: [
        { id: '2', path: 'details' },
        { id: '5', path: '(longer than a report)' },
      ],
    });
  });

  it('ends before the first row of which nothing is said', () => {
    expect(settledBy({ ids: ['1', '2', '3'], tooLong: [] }, answer(['1', '3']))).toEqual({ upTo: '1', taken: ['1'], refused: [] });
    expect(settledBy({ ids: ['1', '2'], tooLong: [] }, answer(['2']))).toBeNull();
    expect(settledBy({ ids: [], tooLong: [] }, answer(['2']))).toBeNull();
  });

  it('is nothing of rows that were not sent', () => {
    expect(settledBy({ ids: ['1'], tooLong: [] }, answer(['1', '7'], ['8']))).toEqual({ upTo: '1', taken: ['1'], refused: [] });
  });

  it('passes over no row whatever is answered, and whichever answers are lost', () => {
    const said = fc.constantFrom('taken' as const, 'refused' as const, 'not-said' as const);
    const exchange = fc.record({ of: fc.array(said, { minLength: 1, maxLength: 12 }), isLost: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(30), fc.array(exchange, { maxLength: 60 }), (count, exchanges) => {
        const rows = Array.from({ length: count }, (_, index) => String(index + 1));
        const there = new Set<string>();
        const notTaken = new Set<string>();
        let cursor = 0;
        for (const { of, isLost } of exchanges) {
          const ids = rows.filter((id) => Number(id) > cursor).slice(0, of.length);
          const as = (what: string): string[] => ids.filter((_, index) => of[index] === what);
          for (const id of as('taken')) there.add(id);
          const settled = isLost ? null : settledBy({ ids, tooLong: [] }, answer(as('taken'), as('refused')));
          for (const { id } of settled?.refused ?? []) notTaken.add(id);
          cursor = Number(settled?.upTo ?? cursor);
          expect(rows.filter((id) => Number(id) <= cursor && !there.has(id) && !notTaken.has(id))).toEqual([]);
        }
      }),
    );
  });
});
