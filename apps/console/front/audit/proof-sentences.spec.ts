import { describe, expect, it } from '@jest/globals';
import type { AuditProof } from '@sync-hub/contracts';
import { proofSentences } from './proof-sentences.js';
import { AUDIT_WORDS } from './words/index.js';

const proof = (more: Partial<AuditProof>): AuditProof => ({
  kind: 'own',
  day: '2026-11-29',
  rows: 0,
  notSealed: 0,
  verdict: 'intact',
  fault: null,
  head: null,
  ...more,
});
const told = (...proofs: readonly AuditProof[]) => proofSentences(proofs, AUDIT_WORDS.en, (day) => day);
const texts = (...proofs: readonly AuditProof[]) => told(...proofs).map(({ kind, text }) => `${kind}: ${text}`);

describe('what is said of days that were held against their seals', () => {
  it('counts what is as it was sealed, and says of what nothing can be said', () => {
    expect(
      texts(
        proof({ day: '2026-11-27', rows: 12_000 }),
        proof({ day: '2026-11-27', kind: 'received', rows: 300 }),
        proof({ day: '2026-11-28', rows: 45, notSealed: 1 }),
        proof({ notSealed: 7 }),
        proof({ day: '2026-10-01', verdict: 'key-missing', fault: { seal: '3' } }),
        proof({ day: '2026-09-01', verdict: 'dropped' }),
      ),
    ).toEqual([
      'success: Verified: 2 days, 12,345 rows, all as they were sealed.',
      expect.stringMatching(/^info: 2026-11-28: 1 row is not sealed yet\./),
      expect.stringMatching(/^info: 2026-11-29 is not sealed yet: 7 rows\./),
      'warning: 2026-10-01 cannot be told: the key of a seal is not among ours.',
      'info: 2026-09-01: rows past their time were dropped; their seals are whole.',
    ]);
  });

  it('never says that all is well where one row is not as it was, names that, and leads to it where it is', () => {
    const said = told(
      proof({ day: '2026-11-28', rows: 45 }),
      proof({ rows: 6, verdict: 'broken', fault: { id: '4711', what: 'altered' } }),
      proof({ day: '2026-11-30', kind: 'received', verdict: 'broken', fault: { id: '12', what: 'removed' } }),
    );
    expect(said.map(({ kind }) => kind)).toEqual(['error', 'error', 'error']);
    expect(said.map(({ text }) => text)).toEqual([
      'Looked at 3 days: 2 are not as they were sealed.',
      'Row 4711 of 2026-11-29 (said here) was altered.',
      'Row 12 of 2026-11-30 (received) is no longer there.',
    ]);
    expect(said.map(({ row }) => row)).toEqual([null, { kind: 'own', id: '4711' }, null]);
    expect(said[1]?.more).toBe('6 rows of that day before it are as sealed; what comes after it was not looked at.');
  });

  it('names a seal, and a day that has nothing', () => {
    expect(texts(proof({ verdict: 'broken', fault: { seal: '9' } }))).toContain(
      'error: Seal 9, of 2026-11-29 (said here), was altered, or one before it is gone.',
    );
    expect(texts(proof({}), proof({ kind: 'received' }))).toEqual(['info: There are no rows of 2026-11-29.']);
  });
});
