import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance.js';
import { agreeAfterIntent } from './agree-after-intent.js';
import type { Scalar } from './fields.js';
import { heldAt } from './held.js';
import { merge, type ToMerge } from './merge.js';
import type { Merged } from './merged.js';
import { agreed, applied, type Content, heart, list, version, W } from './testing/replaced-lists.js';
import type { Version } from './version.js';

/** Two ends that began alike: some removed, replaced by others, and added. Few values, so that the ends meet. */
const arbitraryEnds = fc
  .record({
    base: fc.array(fc.record({ concept: fc.constantFrom('weight', 'pulse'), value: fc.constantFrom(1, 2) }), { maxLength: 3 }),
    edits: fc.array(
      fc.tuple(
        fc.constantFrom('source', 'target'),
        fc.nat(5),
        fc.constantFrom('remove', 'replace', 'add'),
        fc.constantFrom(1, 2, 3),
        fc.constantFrom('weight', 'pulse'),
      ),
      { maxLength: 6 },
    ),
  })
  .map(({ base, edits }) => {
    const start = Object.fromEntries(base.map(({ concept, value }, index) => [`k${index}`, heart(concept, value)]));
    const ends: Record<string, Record<string, string>> = { source: { ...start }, target: { ...start } };
    edits.forEach(([end, at, act, value, concept], index) => {
      const items = ends[end] as Record<string, string>;
      const key = Object.keys(items)[at];
      const old = key === undefined ? undefined : items[key];
      if (act !== 'add' && key !== undefined) delete items[key];
      if (act === 'add') items[`${end === 'source' ? 'x' : 'a'}${index}`] = heart(concept, value);
      if (act === 'replace' && old !== undefined)
        items[`${end === 'source' ? 'x' : 'a'}${index}`] = heart((JSON.parse(old) as { concept: string }).concept, value);
    });
    return { agreement: agreed(list(start)), source: version(list(ends['source'] ?? {})), target: version(list(ends['target'] ?? {})) };
  });
type Ends = typeof arbitraryEnds extends fc.Arbitrary<infer T> ? T : never;
type Merge = (input: ToMerge) => Merged;

const withoutRule: Merge = (input) => {
  const { replaced: _s, ...source } = input.source;
  const { replaced: _t, ...target } = input.target;
  return merge({ ...input, source, target });
};
const asInput = (ends: Ends, sourceIs: 'parent' | 'child' = 'parent'): ToMerge => ({ ...ends, sourceIs, decisions: [] });
const saysIt = (end: Version, value: Scalar | undefined): boolean => Object.values(end.fields).includes(value as Scalar);

const countOf = (end: Version): number => Object.keys(end.fields).length;

const PROPERTIES: Readonly<Record<string, (merge: Merge) => fc.IProperty<unknown>>> = {
  'is the same seen from either end': (by) =>
    fc.property(arbitraryEnds, (ends) => {
      const there = by(asInput(ends));
      const back = by(asInput({ ...ends, source: ends.target, target: ends.source }, 'child'));
      expect([[...back.toTarget], [...back.toSource], back.conflicts]).toEqual([[...there.toSource], [...there.toTarget], there.conflicts]);
    }),
  'loses nothing that anybody typed': (by) =>
    fc.property(arbitraryEnds, (ends) => {
      const merged = by(asInput(ends));
      const after = [applied(ends.source, merged.toSource), applied(ends.target, merged.toTarget)];
      for (const end of [ends.source, ends.target])
        for (const [path, value] of Object.entries(end.fields)) {
          if (path in ends.agreement.parent.fields || merged.conflicts.includes(path)) continue;
          expect(after.every((one) => saysIt(one, value))).toBe(true);
        }
    }),
  'asks, or leaves both ends alike and nothing more to do': (by) =>
    fc.property(arbitraryEnds, (ends) => {
      const merged = by(asInput(ends));
      fc.pre(merged.reason === null);
      const [source, target] = [applied(ends.source, merged.toSource), applied(ends.target, merged.toTarget)];
      expect(source.fields).toEqual(target.fields);
      const again = by(asInput({ agreement: agreed(target.fields as Content), source, target }));
      expect([again.toTarget.size, again.toSource.size, again.conflicts]).toEqual([0, 0, []]);
    }),
  'comes to the same in rounds of one direction each': (by) =>
    fc.property(arbitraryEnds, (ends) => {
      const merged = by(asInput(ends));
      fc.pre(merged.reason === null);
      const rounds = afterRounds(ends);
      const atOnce = applied(ends.target, merged.toTarget);
      expect([countOf(rounds!.parent), countOf(rounds!.child)]).toEqual([countOf(atOnce), countOf(atOnce)]);
      expect(rounds!.parent.fields).toEqual(rounds!.child.fields);
      expect(rounds!.agreement.parent.fields).toEqual(rounds!.parent.fields);
    }),
  'comes to the same where a server writes anew what it keeps, and where both directions cross': (by) =>
    fc.property(arbitraryEnds, fc.nat(2), fc.boolean(), (ends, anewIn, crossing) => {
      const merged = by(asInput(ends));
      fc.pre(merged.reason === null);
      const rounds = afterRounds(ends, { anewIn, crossing });
      const atOnce = applied(ends.target, merged.toTarget);
      expect(rounds).not.toBeNull();
      expect([countOf(rounds!.parent), countOf(rounds!.child)]).toEqual([countOf(atOnce), countOf(atOnce)]);
      expect(rounds!.agreement.parent.fields).toEqual(rounds!.parent.fields);
    }),
};

interface Rounds {
  /** The round in which the target writes anew what it keeps. */
  readonly anewIn?: number;
  /** The first two rounds at once: each read its ends before the other wrote, and what the later one wrote is agreed beside what the first one saw. */
  readonly crossing?: boolean;
}

/** Rounds in one direction after the other, as jobs make them, until neither has anything to write; each round writes to its target alone. */
function afterRounds({ agreement, source, target }: Ends, { anewIn, crossing = false }: Rounds = {}) {
  let [known, parent, child] = [agreement, source, target];
  for (let round = 0; round < 8; round += 1) {
    const sourceIs = round % 2 === 0 ? 'parent' : 'child';
    const isCrossed = crossing && round === 1;
    const read = isCrossed ? { agreement, parent: source, child: target } : { agreement: known, parent, child };
    const [from, to] = sourceIs === 'parent' ? [read.parent, read.child] : [read.child, read.parent];
    const merged = merge({ agreement: read.agreement, source: from, target: to, sourceIs, decisions: [] });
    if (merged.reason !== null) return null;
    const after = round === anewIn ? writtenAnew(to, merged.toTarget) : applied(to, merged.toTarget);
    const wrote = [...merged.toTarget.keys()];
    known = isCrossed
      ? agreeAfterIntent({ agreement: known, sourceIs, sends: merged.toTarget, landed: wrote, inDoubt: [], decisions: [] }).agreement
      : advance({ agreement: known, merged, sourceIs, source: from, targetBefore: to, targetAfter: after, wrote }).agreement;
    if (sourceIs === 'parent') child = after;
    else parent = after;
  }
  return { agreement: known, parent, child };
}

/** As a server does whose encounter's time changes with our write: what it keeps it has under other keys, of which some sort before the old ones and some behind. */
function writtenAnew(held: Version, flows: Merged['toTarget']): Version {
  const kept = Object.entries(held.fields).filter(([path]) => !flows.has(path));
  const anew = kept.map(([path, value], index) => [path.replace('[', index % 2 === 0 ? '[b' : '[y'), value] as const);
  return applied({ ...held, fields: Object.fromEntries(anew) }, flows);
}

/** Where both ends replaced the only one of its kind. */
const arbitraryRivals = fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 3), fc.constantFrom('a', 'z')).map(([here, there, key]) => ({
  here,
  there,
  ends: { agreement: agreed(list({ k: W(0) })), source: version(list({ [key]: W(here) })), target: version(list({ m: W(there) })) },
}));
const meets = (by: Merge) =>
  fc.property(arbitraryRivals, ({ here, there, ends }) => {
    const merged = by(asInput(ends));
    if (here !== there) expect(merged.conflicts).toHaveLength(2);
    else expect(Object.keys(applied(ends.target, merged.toTarget).fields)).toHaveLength(1);
  });

describe.each(Object.keys(PROPERTIES))('a merge of a list that is replaced %s', (name) => {
  it('whatever the ends did', () => {
    fc.assert(PROPERTIES[name]!(merge), { numRuns: 2000, seed: 11 });
  });
});

describe('two successors of one obs', () => {
  it('are one where they say the same, and asked about where not', () => {
    fc.assert(meets(merge), { numRuns: 100, seed: 11 });
  });

  it('which is seen to fail where nothing knows that they are', () => {
    expect(fc.check(meets(withoutRule), { numRuns: 100, seed: 11 }).failed).toBe(true);
  });

  it('are met by the arbitrary ends as well', () => {
    const seen = fc.sample(arbitraryEnds, { numRuns: 500, seed: 11 }).map((ends) => merge(asInput(ends)));
    expect(seen.some(({ reason }) => reason === 'both-edited')).toBe(true);
    expect(seen.some(({ paths }) => [...paths.values()].some(({ why }) => why === 'said-elsewhere'))).toBe(true);
    expect(heldAt(version({}), 'obs[x]')).toBeUndefined();
  });
});
