import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance.js';
import { isAsAgreed, seenWith } from './agreed.js';
import { isOfList, type Scalar } from './fields.js';
import { covers, type Held, heldAt, settledPresence } from './held.js';
import { merge as realMerge, type ToMerge } from './merge.js';
import type { Merged } from './merged.js';
import { agreementOf, sideOf, versionOf } from './testing/index.js';
import type { AgreedSide, Version } from './version.js';

type Merge = (input: ToMerge) => Merged;

const NAMES = ['f', 'g', 'l'] as const;
const PATHS = ['f', 'g', 'l[x]', 'l[x].note', 'l[y]'] as const;
const value = fc.constantFrom<Scalar>(null, 'a', 'b', 'c');
const isOfName = (names: readonly string[]) => (path: string) => names.some((name) => path === name || path.startsWith(`${name}[`));
const content = fc.record(
  { f: value, g: value, 'l[x]': fc.constant(true), 'l[x].note': value, 'l[y]': fc.constant(true) },
  { requiredKeys: ['f', 'g'] },
) as fc.Arbitrary<Record<string, Scalar>>;
const names = fc.oneof({ weight: 3, arbitrary: fc.constant<readonly string[]>(NAMES) }, fc.subarray([...NAMES]));
const only = (fields: Record<string, Scalar>, covered: readonly string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([path]) => isOfName(covered)(path)));

const present: fc.Arbitrary<Version> = fc.tuple(content, names).map(([fields, covered]) => versionOf(only(fields, covered), { covers: covered }));
const version: fc.Arbitrary<Version> = fc.oneof(
  { weight: 5, arbitrary: present },
  fc.constantFrom('voided' as const, 'gone' as const, 'absent' as const).map((presence) => versionOf({}, { presence })),
);
const side: fc.Arbitrary<AgreedSide> = fc
  .tuple(content, names, fc.constantFrom('present' as const, 'present' as const, 'voided' as const))
  .map(([fields, covered, presence]) => sideOf(only(fields, covered), { covers: covered, presence }));
const agreement = fc.option(fc.tuple(side, side).map(([parent, child]) => agreementOf(parent, child)));
const input: fc.Arbitrary<ToMerge> = fc.record({
  agreement,
  source: version,
  target: version,
  sourceIs: fc.constantFrom('parent' as const, 'child' as const),
  decisions: fc.constant([]),
});
const presentInput: fc.Arbitrary<ToMerge> = fc.record({
  agreement,
  source: present,
  target: present,
  sourceIs: fc.constant('parent' as const),
  decisions: fc.constant([]),
});

function afterWriting(held: Version, flows: ReadonlyMap<string, Held>, presence: 'present' | 'voided' | null): Version {
  if (presence === 'voided') return versionOf({}, { presence });
  const fields = { ...held.fields };
  for (const [path, sent] of flows) {
    if (sent === undefined) delete fields[path];
    else fields[path] = sent;
  }
  return versionOf(fields, { presence: presence ?? held.presence, covers: held.presence === 'present' ? held.covers : NAMES });
}

const apply = (toMerge: ToMerge, { toTarget, toSource, presence, presenceValue }: Merged): ToMerge => ({
  ...toMerge,
  source: afterWriting(toMerge.source, toSource, presence === 'to-source' ? presenceValue : null),
  target: afterWriting(toMerge.target, toTarget, presence === 'to-target' ? presenceValue : null),
});

const flowsNowhere = ({ toTarget, toSource, presence }: Merged): boolean =>
  toTarget.size === 0 && toSource.size === 0 && (presence === 'equal' || presence === 'conflict');

const PROPERTIES: Readonly<Record<string, (merge: Merge) => fc.IProperty<unknown>>> = {
  'is the same seen from either end': (merge) =>
    fc.property(input, (given) => {
      const there = merge(given);
      const back = merge({ ...given, source: given.target, target: given.source, sourceIs: given.sourceIs === 'parent' ? 'child' : 'parent' });
      expect([back.toSource, back.toTarget, back.conflicts, back.reason, back.presenceValue]).toEqual([
        there.toTarget,
        there.toSource,
        there.conflicts,
        there.reason,
        there.presenceValue,
      ]);
    }),
  'finds nothing more to do once it has been applied': (merge) =>
    fc.property(input, (given) => {
      const first = apply(given, merge(given));
      const second = apply(first, merge(first));
      expect(flowsNowhere(merge(second))).toBe(true);
    }),
  'never asks about edits of different fields': (merge) =>
    fc.property(content, fc.uniqueArray(fc.constantFrom('f', 'g', 'l[x].note'), { minLength: 1 }), fc.nat(2), value, (fields, paths, cut, edited) => {
      const edit = (chosen: readonly string[]) => versionOf({ ...fields, ...Object.fromEntries(chosen.map((path) => [path, edited])) }, { covers: NAMES });
      const [source, target] = [edit(paths.slice(0, cut)), edit(paths.slice(cut))];
      const given: ToMerge = { agreement: agreementOf(sideOf(fields, { covers: NAMES })), source, target, sourceIs: 'parent', decisions: [] };
      const merged = merge(given);
      const both = { ...fields, ...Object.fromEntries(paths.map((path) => [path, edited])) };
      expect([merged.reason, apply(given, merged).source.fields, apply(given, merged).target.fields]).toEqual([null, both, both]);
    }),
  'always asks about two different edits of one field': (merge) =>
    fc.property(content, fc.constantFrom('f', 'g'), value, value, value, (fields, path, base, mine, yours) => {
      fc.pre(new Set([base, mine, yours]).size === 3);
      const having = (held: Scalar) => versionOf({ ...fields, [path]: held }, { covers: NAMES });
      const merged = merge({
        agreement: agreementOf(sideOf({ ...fields, [path]: base }, { covers: NAMES })),
        source: having(mine),
        target: having(yours),
        sourceIs: 'parent',
        decisions: [],
      });
      expect(merged.conflicts).toContain(path);
    }),
  'drops a value only where its own end had been seen with it, unless it asks': (merge) =>
    fc.property(presentInput, (given) => {
      const merged = merge(given);
      const done = apply(given, merged);
      for (const path of PATHS) {
        for (const [end, after, agreed] of [
          [given.source, done.source, given.agreement?.parent],
          [given.target, done.target, given.agreement?.child],
        ] as const) {
          const held = heldAt(end, path);
          if (!covers(end, path) || held === heldAt(after, path) || held === undefined || held === null) continue;
          expect(agreed !== undefined && seenWith(agreed, path)?.value === held).toBe(true);
        }
      }
    }),
  'touches nothing that either end could not see, and no end because the other lacks the record': (merge) =>
    fc.property(input, (given) => {
      const { toTarget, toSource, presence } = merge(given);
      const isNew = given.target.presence === 'absent' || given.source.presence === 'absent';
      for (const path of [...toTarget.keys(), ...toSource.keys()]) expect(isNew || (covers(given.source, path) && covers(given.target, path))).toBe(true);
      if (given.source.presence === 'absent') expect(toTarget.size === 0 && presence !== 'to-target').toBe(true);
    }),
  'buries no edit under a void': (merge) =>
    fc.property(input, (given) => {
      const { presence, presenceValue } = merge(given);
      if (presence !== 'to-target' || presenceValue !== 'voided') return;
      expect(
        isAsAgreed(given.agreement, given.sourceIs === 'parent' ? 'child' : 'parent', given.target) ||
          settledPresence(given.target.presence) !== 'present' ||
          hasOnlyEmptiesUnagreed(given),
      ).toBe(true);
    }),
};

/** A field that was never agreed and holds nothing is not an edit. */
function hasOnlyEmptiesUnagreed({ agreement: agreed, sourceIs, target }: ToMerge): boolean {
  const own = agreed?.[sourceIs === 'parent' ? 'child' : 'parent'];
  if (own === undefined) return false;
  return PATHS.every((path) => {
    if (!covers(target, path)) return true;
    const seen = seenWith(own, path);
    return seen === null ? heldAt(target, path) === null || heldAt(target, path) === undefined : seen.value === heldAt(target, path);
  });
}

/** The same merge with one rule taken out. */
const BROKEN: Readonly<Record<keyof typeof PROPERTIES, Readonly<Record<string, Merge>>>> = {
  'is the same seen from either end': { 'the source wins': sourceWins },
  'finds nothing more to do once it has been applied': { 'a conflict sends both ways': bothWays },
  'never asks about edits of different fields': { 'there is no agreement': (given) => realMerge({ ...given, agreement: null }) },
  'always asks about two different edits of one field': { 'the source wins': sourceWins },
  'drops a value only where its own end had been seen with it, unless it asks': {
    'one base serves both ends': (given) => realMerge({ ...given, agreement: given.agreement && { ...given.agreement, child: given.agreement.parent } }),
    'the source wins': sourceWins,
  },
  'touches nothing that either end could not see, and no end because the other lacks the record': {
    'unknown is empty': (given) => realMerge({ ...given, source: seesAll(given.source), target: seesAll(given.target) }),
  },
  'buries no edit under a void': { 'a void wins': voidWins },
};

function sourceWins(given: ToMerge): Merged {
  const merged = realMerge(given);
  return {
    ...merged,
    conflicts: [],
    reason: null,
    toTarget: new Map([...merged.toTarget, ...merged.conflicts.map((path): [string, Held] => [path, heldAt(given.source, path)])]),
  };
}

function bothWays(given: ToMerge): Merged {
  const merged = realMerge(given);
  const send = (from: Version) => merged.conflicts.map((path): [string, Held] => [path, heldAt(from, path)]);
  return {
    ...merged,
    conflicts: [],
    toTarget: new Map([...merged.toTarget, ...send(given.source)]),
    toSource: new Map([...merged.toSource, ...send(given.target)]),
  };
}

const seesAll = (held: Version): Version => (held.presence === 'present' ? { ...held, covers: NAMES } : held);

function voidWins(given: ToMerge): Merged {
  const merged = realMerge(given);
  return merged.reason === 'delete-against-edit'
    ? { ...merged, presence: settledPresence(given.source.presence) === 'voided' ? 'to-target' : 'to-source', presenceValue: 'voided', reason: null }
    : merged;
}

describe.each(Object.keys(PROPERTIES))('a merge %s', (name) => {
  const property = PROPERTIES[name]!;
  it('whatever it is given', () => {
    fc.assert(property(realMerge), { numRuns: 1500, seed: 7 });
  });

  it.each(Object.entries(BROKEN[name]!))('which is seen to fail where %s', (_mutation, broken) => {
    expect(fc.check(property(broken), { numRuns: 1500, seed: 7 }).failed).toBe(true);
  });
});

describe('a round without conflict', () => {
  const leavesOnlyWhatIsYetToBeSent = (advanceBy: typeof advance) =>
    fc.property(presentInput, (given) => {
      const merged = realMerge(given);
      fc.pre(merged.reason === null);
      const done = apply(given, { ...merged, toSource: new Map() });
      const { agreement: next } = advanceBy({ ...given, merged, targetBefore: given.target, targetAfter: done.target, wrote: [...merged.toTarget.keys()] });
      const later = realMerge({ ...given, target: done.target, agreement: next });
      expect([later.reason, later.toTarget.size, later.toSource]).toEqual([null, 0, merged.toSource]);
      const isAllSeen = [given.source, given.target].every((end) => end.covers.length === NAMES.length);
      if (merged.toSource.size === 0 && isAllSeen)
        expect([isAsAgreed(next, 'parent', done.source), isAsAgreed(next, 'child', done.target)]).toEqual([true, true]);
    });
  const agreeOnEverything: typeof advance = (given) => ({
    ...advance(given),
    agreement: agreementOf(sideOf(given.source.fields, given.source), sideOf(given.targetAfter.fields, given.targetAfter)),
  });
  const agreeOnNothing: typeof advance = (given) => ({ ...advance(given), agreement: agreementOf({}) });

  it('leaves only what the target has yet to send, and else both ends as agreed', () => {
    fc.assert(leavesOnlyWhatIsYetToBeSent(advance), { numRuns: 1500, seed: 7 });
  });

  it.each([
    ['all that was read is agreed', agreeOnEverything],
    ['nothing is agreed', agreeOnNothing],
  ])('which is seen to fail where %s', (_mutation, broken) => {
    expect(fc.check(leavesOnlyWhatIsYetToBeSent(broken), { numRuns: 1500, seed: 7 }).failed).toBe(true);
  });
});

it('generates lists, emptiness and partial coverage', () => {
  const seen = fc.sample(presentInput, { numRuns: 200, seed: 7 });
  expect(seen.some(({ source }) => Object.keys(source.fields).some(isOfList))).toBe(true);
  expect(seen.some(({ source, target }) => source.covers.length !== target.covers.length)).toBe(true);
});
