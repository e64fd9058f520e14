import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginningOf, type ChainRow, chained, firstFault, hashesIn } from './audit-chain.js';

const before = beginningOf('own', '2026-11-30');
const rowsOf = (contents: readonly string[]): readonly ChainRow[] => contents.map((content, index) => ({ id: String(2 * index + 9), content }));
const sealed = (rows: readonly ChainRow[]) => ({ ids: rows.map(({ id }) => id), hashes: hashesIn(Buffer.concat([...chained(before, rows)])) });

describe('a chain', () => {
  it('holds over the rows that it was made of, and no others', () => {
    const rows = rowsOf(['a', 'b', 'c']);
    expect(firstFault(before, sealed(rows), rows)).toBeNull();
    expect(firstFault(beginningOf('received', '2026-11-30'), sealed(rows), rows)).toEqual({ id: '9', what: 'altered' });
  });

  it('names the first row that was altered, removed, put between or put behind, whatever became of those after it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (contents, where, then) => {
        const rows = rowsOf(contents);
        const at = where % rows.length;
        const id = rows[at]?.id ?? '';
        const later = at + (then % (rows.length - at));
        const altered = rows.map((row, index) => (index === at || index === later ? { ...row, content: `${row.content}!` } : row));
        expect(firstFault(before, sealed(rows), altered)).toEqual({ id, what: 'altered' });
        expect(firstFault(before, sealed(rows), rows.toSpliced(at, 1))).toEqual({ id, what: 'removed' });
        const put = { id: String(Number(id) + 1), content: 'put' };
        expect(firstFault(before, sealed(rows), rows.toSpliced(at + 1, 0, put))).toEqual({ id: put.id, what: 'between' });
      }),
      { seed: 131 },
    );
  });
});
