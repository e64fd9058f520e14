import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Scalar } from './fields.js';
import { type Held, heldAt, PRESENCE, settledPresence } from './held.js';
import { type Judged, judge as realJudge, type ToJudge } from './judge.js';
import { merge, type ToMerge } from './merge.js';
import { type Policy, type PolicyAnswer, policyOf } from './policies.js';
import type { MergeRule } from './rules.js';
import { agreementOf, decisionOf, sideOf, versionOf } from './testing/index.js';
import { agreed as agreedList, heart, list, version as listVersion } from './testing/replaced-lists.js';
import type { AgreedSide, Decision, Version } from './version.js';

type Judge = (asked: ToJudge) => Judged;

const NAMES = ['f', 'g', 'l', 'dead'] as const;
const PATHS = ['f', 'g', 'dead', 'l[x]', 'l[x].note', 'l[y]'] as const;
const RULES: readonly MergeRule[] = [{ rule: 'stands', facts: [['dead']] }];
const value = fc.constantFrom<Scalar>(null, 'a', 'b', 'c');
const content = fc.record(
  { f: value, g: value, dead: fc.boolean(), 'l[x]': value, 'l[x].note': value, 'l[y]': value },
  { requiredKeys: ['f', 'g', 'dead'] },
) as fc.Arbitrary<Record<string, Scalar>>;
const version: fc.Arbitrary<Version> = fc.oneof(
  { weight: 6, arbitrary: content.map((fields) => ({ ...versionOf(fields, { covers: NAMES }), rules: RULES })) },
  fc.tuple(fc.constantFrom('voided' as const, 'gone' as const, 'absent' as const), fc.boolean()).map(([presence, isMerged]) => ({
    ...versionOf({}, { presence }),
    ...(isMerged ? { mergedAway: true as const } : {}),
  })),
);
const side: fc.Arbitrary<AgreedSide> = fc
  .tuple(content, fc.constantFrom('present' as const, 'present' as const, 'present' as const, 'voided' as const))
  .map(([fields, presence]) => sideOf(fields, { covers: NAMES, presence }));
const agreement = fc.option(
  fc.tuple(side, side, fc.subarray([...PATHS, PRESENCE], { maxLength: 1 })).map(([parent, child, disputed]) => agreementOf(parent, child, { disputed })),
  { freq: 5 },
);
const decision: fc.Arbitrary<Decision> = fc
  .tuple(fc.constantFrom(...PATHS), value, value, value, fc.boolean())
  .map(([path, parent, child, decided, isPolicys]) => ({ ...decisionOf(path, parent, child, decided), ...(isPolicys ? { policy: 'newest' } : {}) }));
const input: fc.Arbitrary<ToMerge> = fc.record({
  agreement,
  source: version,
  target: version,
  sourceIs: fc.constantFrom('parent' as const, 'child' as const),
  decisions: fc.array(decision, { maxLength: 2 }),
});

/** A plug-in that says whatever it likes. */
const whim = fc.constantFrom<PolicyAnswer>('parent', 'child', 'union', 'ask', 'failed', { value: 'b' });
const policy: fc.Arbitrary<Policy> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('manual' as const, 'newest' as const, 'parent-wins' as const, 'child-wins' as const, 'union' as const)
      .map((word) => policyOf(word)),
  },
  whim.map((answer): Policy => ({ name: 'whim', answer: () => answer })),
);
interface Rules {
  readonly policy: Policy;
  readonly onPresence: boolean;
  readonly times: Readonly<Record<'parent' | 'child', number | null>>;
}
const rules: fc.Arbitrary<Rules> = fc.record({
  policy,
  onPresence: fc.boolean(),
  times: fc.record({ parent: fc.option(fc.nat(300)), child: fc.option(fc.nat(300)) }),
});

const asked = (given: ToMerge, { policy: chosen, onPresence, times }: Rules): ToJudge => ({
  input: given,
  merged: merge(given),
  policyFor: (field) => (field === PRESENCE && !onPresence ? policyOf('manual') : chosen),
  seenAt: (end) => times[end],
});
const swapped = (given: ToMerge): ToMerge => ({
  ...given,
  source: given.target,
  target: given.source,
  sourceIs: given.sourceIs === 'parent' ? 'child' : 'parent',
});
const withDecisions = (given: ToMerge, { decisions }: Judged): ToMerge => ({ ...given, decisions: [...given.decisions, ...decisions] });
const byPath = (one: { readonly path: string }, other: { readonly path: string }): number => (one.path < other.path ? -1 : 1);
const endsOf = ({ source, target, sourceIs }: ToMerge) => (sourceIs === 'parent' ? { parent: source, child: target } : { parent: target, child: source });
const atEnd = (end: Version, path: string): Held => (path === PRESENCE ? settledPresence(end.presence) : heldAt(end, path));

const PROPERTIES: Readonly<Record<string, (judge: Judge) => fc.IProperty<unknown>>> = {
  'decide the same seen from either end': (judge) =>
    fc.property(input, rules, (given, by) => {
      const [there, back] = [judge(asked(given, by)), judge(asked(swapped(given), by))];
      expect([[...back.decisions].sort(byPath), back.failed]).toEqual([[...there.decisions].sort(byPath), there.failed]);
    }),
  'decide nothing twice, and what they decided is no conflict any more': (judge) =>
    fc.property(input, rules, (given, by) => {
      const judged = judge(asked(given, by));
      const again = asked(withDecisions(given, judged), by);
      const paths = judged.decisions.map(({ path }) => path);
      expect(again.merged.conflicts.filter((path) => paths.includes(path) && again.merged.paths.get(path)?.why !== 'preference-without-item')).toEqual([]);
      expect(judge(again).decisions.filter(({ path }) => paths.includes(path))).toEqual([]);
    }),
  'say of each decision what stood at both ends, so that what is overwritten is known, and an edit makes it lapse': (judge) =>
    fc.property(input, rules, (given, by) => {
      const { parent, child } = endsOf(given);
      for (const one of judge(asked(given, by)).decisions.filter(({ path }) => path !== PRESENCE))
        expect([one.seenAtParent, one.seenAtChild]).toEqual([heldAt(parent, one.path), heldAt(child, one.path)]);
    }),
  'choose what stands at an end, unless a plug-in names a value': (judge) =>
    fc.property(input, rules, (given, by) => {
      fc.pre(by.policy.name !== 'whim');
      const { parent, child } = endsOf(given);
      for (const { path, value: chosen } of judge(asked(given, by)).decisions) expect([atEnd(parent, path), atEnd(child, path)]).toContain(chosen);
    }),
  'decide nothing that is a person’s: what is in doubt, what one end lost, what a person answered, what was removed, a death un-set, a deletion unasked': (
    judge,
  ) =>
    fc.property(input, rules, (given, by) => {
      const merged = merge(given);
      for (const { path, value: chosen } of judge(asked(given, by)).decisions) {
        expect(given.agreement?.disputed ?? []).not.toContain(path);
        expect(given.decisions.filter((one) => one.path === path && one.policy === undefined)).toEqual([]);
        if (path === PRESENCE) expect([by.onPresence, ['delete-against-edit', 'first-contact'].includes(String(merged.reason))]).toEqual([true, true]);
        else expect(['both-edited', 'first-contact', 'decision-lapsed']).toContain(merged.paths.get(path)?.why);
        if (path === 'dead') expect([false, null, undefined]).not.toContain(chosen);
        if (path === PRESENCE) for (const end of [given.source, given.target]) expect(end.mergedAway).toBeUndefined();
        const isRemoved = path.startsWith('l[') && [given.source, given.target].some((end) => heldAt(end, path) === undefined);
        if (isRemoved) expect(chosen).not.toBeUndefined();
        if (path === 'l[x].note' && isRemoved) for (const end of [given.source, given.target]) expect(heldAt(end, 'l[x]')).not.toBeUndefined();
      }
    }),
};

describe.each(Object.keys(PROPERTIES))('policies %s', (name) => {
  it('whatever the ends hold', () => {
    fc.assert(PROPERTIES[name]!(realJudge), { numRuns: 1500, seed: 5 });
  });
});

describe('the policies of these properties', () => {
  const seen = fc.sample(fc.tuple(input, rules), { numRuns: 5000, seed: 5 }).map(([given, by]) => ({ given, judged: realJudge(asked(given, by)) }));

  it('decide on fields, on items, on what is there at all, at first contact and anew', () => {
    const paths = new Set(seen.flatMap(({ judged }) => judged.decisions.map(({ path }) => path)));
    expect([...paths].sort()).toEqual([...PATHS, PRESENCE].sort());
    expect(seen.some(({ given, judged }) => given.agreement === null && judged.decisions.length > 0)).toBe(true);
    expect(seen.some(({ given, judged }) => judged.decisions.some(({ path }) => given.decisions.some((one) => one.path === path)))).toBe(true);
    expect(seen.some(({ judged }) => judged.failed.length > 0)).toBe(true);
  });
});

describe('a record that is never put together out of two', () => {
  it('is decided by no policy, not by what was named for it either', () => {
    const whole = (fields: Record<string, Scalar>): Version => ({ ...versionOf(fields), rules: [{ rule: 'whole' }] });
    const given: ToMerge = { agreement: agreementOf({ f: 'o' }), source: whole({ f: 'a' }), target: whole({ f: 'b' }), sourceIs: 'parent', decisions: [] };
    expect(realJudge(asked(given, { policy: policyOf('parent-wins'), onPresence: true, times: { parent: null, child: null } })).decisions).toEqual([]);
  });
});

describe('a patient who was merged away', () => {
  const lapsed: Decision = { path: PRESENCE, seenAtParent: 'present:before', seenAtChild: 'present:before', value: 'present', policy: 'union' };
  const judged = (mergedAway: boolean) => {
    const source: Version = { ...versionOf({}, { presence: 'voided' }), ...(mergedAway ? { mergedAway: true as const } : {}) };
    const given: ToMerge = { agreement: agreementOf({ f: 'o' }), source, target: versionOf({ f: 'b' }), sourceIs: 'parent', decisions: [lapsed] };
    return realJudge(asked(given, { policy: policyOf('union'), onPresence: true, times: { parent: null, child: null } })).decisions.map(
      ({ value: chosen }) => chosen,
    );
  };

  it('is brought back, or voided, by no policy, though one had decided on her before', () => {
    expect([judged(false), judged(true)]).toEqual([['present'], []]);
  });
});

describe('two successors of one obs', () => {
  const rivals = {
    agreement: agreedList(list({ r: heart('w', 60) })),
    source: listVersion(list({ a: heart('w', 61) })),
    target: listVersion(list({ b: heart('w', 62) })),
  };
  const by = (chosen: Policy, seenAt: ToJudge['seenAt'] = () => null) => {
    const given: ToMerge = { ...rivals, sourceIs: 'child', decisions: [] };
    const judged = realJudge({ input: given, merged: merge(given), policyFor: () => chosen, seenAt });
    const { toTarget, toSource, reason } = merge(withDecisions(given, judged));
    return { reason, toParent: [...toTarget.keys()], toChild: [...toSource.keys()] };
  };

  it.each<[string, object]>([
    ['parent-wins', { reason: null, toParent: [], toChild: ['obs[a]', 'obs[b]'] }],
    ['child-wins', { reason: null, toParent: ['obs[a]', 'obs[b]'], toChild: [] }],
    ['union', { reason: null, toParent: ['obs[a]'], toChild: ['obs[b]'] }],
    ['manual', { reason: 'both-edited', toParent: [], toChild: [] }],
  ])('are decided together by %s', (word, expected) => {
    expect(by(policyOf(word as 'union'))).toEqual(expected);
  });

  it('go by who was seen with its own later, though neither end has the other’s', () => {
    const later = (end: 'parent' | 'child') => by(policyOf('newest'), (at) => (at === end ? 1000 : 0));
    expect([later('parent').toChild, later('child').toParent]).toEqual([
      ['obs[a]', 'obs[b]'],
      ['obs[a]', 'obs[b]'],
    ]);
    expect(by(policyOf('newest'), (at) => (at === 'child' ? 1000 : null)).reason).toBe('both-edited');
  });
});
