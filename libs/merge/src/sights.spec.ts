import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judge } from './judge.js';
import { merge, type ToMerge } from './merge.js';
import { AT_ONCE_SECONDS, policyOf } from './policies.js';
import { sightAt, sightsIn } from './sights.js';
import { agreementOf, sideOf, VOIDED, versionOf } from './testing/index.js';
import type { Agreement } from './version.js';

type End = 'parent' | 'child';
type Sights = Record<End, Record<string, number>>;

/** As a job keeps them: what a look finds for the first time has its time, what was found before keeps its own. */
const after = (before: Record<string, number>, words: readonly string[], now: number): Record<string, number> => ({
  ...Object.fromEntries(words.map((word) => [word, now])),
  ...before,
});
const renewed = (before: Record<string, number>, words: readonly string[], now: number) => ({ ...before, ...after({}, words, now) });

const BASE = agreementOf(sideOf({ f: 'o', g: 'o' }, { covers: ['f', 'g'] }));
const step = fc.record({
  end: fc.constantFrom<End>('parent', 'child'),
  path: fc.constantFrom('f', 'g'),
  value: fc.constantFrom('o', 'a', 'b'),
  isRead: fc.boolean(),
  seconds: fc.integer({ min: 0, max: 90 }),
});

/** Edits and looks in any order; a look that finds nothing new is one after a restart, or of a held job. */
function played(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[], keep: typeof after) {
  const ends = { parent: { f: 'o', g: 'o' }, child: { f: 'o', g: 'o' } };
  const sights: Sights = { parent: {}, child: {} };
  /** When each end was first read with that value of f, as nobody but this test knows it. */
  const firstRead: Record<End, Record<string, number>> = { parent: {}, child: {} };
  let now = 0;
  for (const { end, path, value, isRead, seconds } of steps) {
    now += seconds;
    ends[end][path as 'f'] = value;
    if (!isRead) continue;
    sights[end] = keep(sights[end], sightsIn(BASE, end, versionOf(ends[end])), now);
    firstRead[end][ends[end].f] ??= now;
  }
  const input: ToMerge = { agreement: BASE, source: versionOf(ends.parent), target: versionOf(ends.child), sourceIs: 'parent', decisions: [] };
  const seenAt = (end: End, at: string) => sights[end][sightAt(BASE, end, versionOf(ends[end]), at) ?? ''] ?? null;
  const judged = judge({ input, merged: merge(input), policyFor: () => policyOf('newest'), seenAt });
  return { ends, firstRead, onF: judged.decisions.find(({ path }) => path === 'f') };
}

const never = (keep: typeof after) =>
  fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
    const { ends, firstRead, onF } = played(steps, keep);
    if (onF === undefined) return;
    const [winner, loser] = onF.value === ends.parent.f ? (['parent', 'child'] as const) : (['child', 'parent'] as const);
    const [won, lost] = [firstRead[winner][ends[winner].f], firstRead[loser][ends[loser].f]];
    expect([won, lost]).not.toContain(undefined);
    expect(Number(won) - Number(lost)).toBeGreaterThan(AT_ONCE_SECONDS);
  });

describe('newest', () => {
  it('never lets a value win that was seen first, or at once, whatever was undone, read again or edited beside it', () => {
    fc.assert(never(after), { numRuns: 5000, seed: 3 });
    const decided = fc
      .sample(fc.array(step, { minLength: 2, maxLength: 12 }), { numRuns: 2000, seed: 3 })
      .filter((steps) => played(steps, after).onF !== undefined);
    expect(decided.length).toBeGreaterThan(50);
  });

  it('which is seen to fail where what is read again counts as new', () => {
    expect(fc.check(never(renewed), { numRuns: 5000, seed: 3 }).failed).toBe(true);
  });
});

describe('what a look finds edited', () => {
  const agreement: Agreement = agreementOf(sideOf({ f: 'a', 'l[x]': true }, { covers: ['f', 'l'] }));

  it('is each path that differs from its own side of the agreement, with what was agreed there', () => {
    const edited = versionOf({ f: 'b', 'l[y]': true }, { covers: ['f', 'l'] });
    expect(sightsIn(agreement, 'child', edited)).toEqual(['["f",["a"],["b"]]', '["l[x]",[true],[]]', '["l[y]",[],[true]]']);
    expect(sightAt(agreement, 'child', edited, 'f')).toBe('["f",["a"],["b"]]');
    expect(sightsIn(agreement, 'child', versionOf({ f: 'a', 'l[x]': true }))).toEqual([]);
  });

  it('is another sight once something else was agreed there, though it be the same value', () => {
    expect(sightAt(agreementOf({ f: 'z' }), 'child', versionOf({ f: 'b' }), 'f')).not.toBe(sightAt(agreement, 'child', versionOf({ f: 'b' }), 'f'));
  });

  it('is nothing at first contact, and nothing of a record that shows nothing', () => {
    expect([sightsIn(null, 'child', versionOf({ f: 'b' })), sightsIn(agreement, 'child', VOIDED), sightAt(null, 'child', versionOf({ f: 'b' }), 'f')]).toEqual([
      [],
      [],
      null,
    ]);
    expect(sightAt(agreementOf({ g: 'z' }), 'child', versionOf({ f: 'b' }), 'f')).toBeNull();
  });
});
