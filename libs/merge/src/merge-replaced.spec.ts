import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance.js';
import { agreeAfterIntent } from './agree-after-intent.js';
import type { Scalar } from './fields.js';
import { heldAt } from './held.js';
import { merge, type ToMerge } from './merge.js';
import type { Merged } from './merged.js';
import { agreementOf, decisionOf, sideOf, versionOf } from './testing/index.js';
import type { Agreement, Decision, ReplacedList, Version } from './version.js';

const OBS: ReplacedList = { list: 'obs', slot: ['concept', 'group'], slotFields: ['path'], fields: ['path', 'comment'], within: 'group' };
const COVERS = ['obs', 'obs.comment', 'obs.path'];
type Content = Record<string, Scalar>;

const heart = (concept: string, value: number | null, group?: string): string =>
  JSON.stringify({ concept, ...(group === undefined ? {} : { group }), ...(value === null ? {} : { numeric: value }) });
/** `weight 61` and so on, by key. */
const list = (items: Readonly<Record<string, string>>, fields: Content = {}): Content => ({
  ...Object.fromEntries(Object.entries(items).map(([key, value]) => [`obs[${key}]`, value])),
  ...fields,
});
const version = (content: Content, covers: readonly string[] = COVERS): Version => ({ ...versionOf(content, { covers }), replaced: [OBS] });
const agreed = (content: Content, covers: readonly string[] = COVERS): Agreement => agreementOf(sideOf(content, { covers }));
const pull = (base: Content, source: Content, target: Content, decisions: readonly Decision[] = []): Merged =>
  merge({ agreement: agreed(base), source: version(source), target: version(target), sourceIs: 'parent', decisions });
const short = ({ toTarget, toSource, conflicts, reason }: Merged) => ({
  toTarget: [...toTarget].map(([path, value]) => `${path}=${String(value)}`),
  toSource: [...toSource].map(([path, value]) => `${path}=${String(value)}`),
  conflicts,
  reason,
});

const W = (value: number) => heart('weight', value);

describe('an obs that both ends knew', () => {
  const base = list({ r: W(60) });
  const cells: readonly (readonly [string, Content, Content, object])[] = [
    ['is replaced at one end: it flows', list({ a: W(61) }), base, { toTarget: [`obs[a]=${W(61)}`, 'obs[r]=undefined'], conflicts: [], reason: null }],
    [
      'is replaced at the other end: it flows back',
      base,
      list({ b: W(61) }),
      { toSource: [`obs[b]=${W(61)}`, 'obs[r]=undefined'], conflicts: [], reason: null },
    ],
    ['is removed at one end: it goes', {}, base, { toTarget: ['obs[r]=undefined'], conflicts: [], reason: null }],
    ['is removed at both: nothing to do', {}, {}, { toTarget: [], toSource: [], conflicts: [], reason: null }],
    [
      'is replaced differently at both: a person chooses',
      list({ a: W(61) }),
      list({ b: W(62) }),
      { toTarget: [], toSource: [], conflicts: ['obs[a]', 'obs[b]'], reason: 'both-edited' },
    ],
    [
      'is replaced by the same at both: one is kept, whichever end it is from',
      list({ a: W(61) }),
      list({ b: W(61) }),
      { toTarget: [`obs[a]=${W(61)}`, 'obs[b]=undefined'], toSource: [], conflicts: [] },
    ],
    [
      'is replaced by the same at both, the other way round',
      list({ b: W(61) }),
      list({ a: W(61) }),
      { toTarget: [], toSource: [`obs[a]=${W(61)}`, 'obs[b]=undefined'], conflicts: [] },
    ],
    [
      'is removed here and replaced there: a person chooses',
      {},
      list({ b: W(61) }),
      { toTarget: [], toSource: [], conflicts: ['obs[b]'], reason: 'delete-against-edit' },
    ],
    [
      'is replaced here and removed there: a person chooses',
      list({ a: W(61) }),
      {},
      { toTarget: [], toSource: [], conflicts: ['obs[a]'], reason: 'delete-against-edit' },
    ],
    [
      'is replaced by the same, and one end adds another: that one flows',
      list({ a: W(61) }),
      list({ b: W(61), c: W(70) }),
      { toTarget: [`obs[a]=${W(61)}`, 'obs[b]=undefined'], toSource: [`obs[c]=${W(70)}`], conflicts: [] },
    ],
    [
      'is removed at both, and something else is added at each: both flow',
      list({ a: heart('pulse', 80) }),
      list({ b: heart('height', 170) }),
      { toTarget: [`obs[a]=${heart('pulse', 80)}`], toSource: [`obs[b]=${heart('height', 170)}`], conflicts: [] },
    ],
  ];
  it.each(cells)('%s', (_what, source, target, expected) => {
    expect(short(pull(base, source, target))).toMatchObject(expected);
  });

  it('is told from its like, where one end wrote both anew, by what each of them says', () => {
    const merged = pull(list({ q: W(62), r: W(60) }), list({ a: W(60), s: W(62) }), list({ b: W(62), q: W(62) }));
    expect(short(merged)).toMatchObject({ conflicts: ['obs[a]', 'obs[b]'], reason: 'both-edited' });
    expect(merged.paths.get('obs[b]')?.why).not.toBe('said-elsewhere');
    expect(merged.paths.get('obs[s]')).toMatchObject({ kind: 'to-target', why: 'one-end-edited' });
  });

  it('is not what a server writes anew of another that the other end still holds', () => {
    const merged = pull(list({ a: W(60), k: W(60) }), list({ k: W(60) }), list({ n: W(60) }));
    expect(short(merged)).toMatchObject({ conflicts: [], toTarget: [], toSource: ['obs[k]=undefined', `obs[n]=${W(60)}`] });
  });

  it('is told from its like by its place in the form, where both ends see that', () => {
    const at = (key: string, path: string) => ({ [`obs[${key}].path`]: path });
    const both = list({ r: W(60) }, at('r', 'first'));
    const [source, target] = [list({ a: W(61) }, at('a', 'first')), list({ b: W(62) }, at('b', 'second'))];
    expect(short(pull(both, source, target))).toMatchObject({
      conflicts: ['obs[a]'],
      reason: 'delete-against-edit',
      toSource: [`obs[b]=${W(62)}`, 'obs[b].path=second'],
    });
    const blind = merge({
      agreement: agreed(both),
      source: version(source),
      target: version(list({ b: W(62) }), ['obs', 'obs.comment']),
      sourceIs: 'parent',
      decisions: [],
    });
    expect(blind).toMatchObject({ conflicts: ['obs[a]', 'obs[b]'], reason: 'both-edited' });
  });

  it('is decided by a person, and what was in the other one goes with it', () => {
    const group = { g: heart('bp', null), m: heart('systolic', 120, 'g') };
    const source = list({ a: heart('bp', null), x: heart('systolic', 121, 'a') });
    const target = list({ b: heart('bp', null), y: heart('systolic', 122, 'b') }, { 'obs[y].comment': 'sitting' });
    expect(pull(list(group), source, target)).toMatchObject({ conflicts: ['obs[a]', 'obs[b]'], reason: 'both-edited' });
    const decisions = [decisionOf('obs[a]', heart('bp', null), undefined, heart('bp', null)), decisionOf('obs[b]', undefined, heart('bp', null), undefined)];
    const merged = pull(list(group), source, target, decisions);
    expect(short(merged)).toMatchObject({
      conflicts: [],
      toSource: [],
      toTarget: expect.arrayContaining(['obs[b]=undefined', 'obs[y]=undefined', 'obs[y].comment=undefined', `obs[x]=${heart('systolic', 121, 'a')}`]),
    });
  });

  it('is one group where both ends replaced it by the same, with the members of the one that is kept', () => {
    const group = { g: heart('bp', null), m: heart('systolic', 120, 'g') };
    const merged = pull(
      list(group),
      list({ a: heart('bp', null), x: heart('systolic', 121, 'a') }),
      list({ b: heart('bp', null), y: heart('systolic', 121, 'b') }),
    );
    expect(short(merged)).toMatchObject({
      conflicts: [],
      toSource: [],
      toTarget: [`obs[a]=${heart('bp', null)}`, 'obs[b]=undefined', `obs[x]=${heart('systolic', 121, 'a')}`, 'obs[y]=undefined'],
    });
  });

  describe('while we put another in its place', () => {
    const during = (came: Content) => {
      const [base, source] = [list({ r: W(60), s: W(50) }), list({ a: W(61), s: W(50) })];
      const merged = pull(base, source, base);
      const [targetBefore, targetAfter] = [version(base), version(list({ a: W(61), s: W(50) }, came))];
      return advance({
        ...{ agreement: agreed(base), merged, sourceIs: 'parent', source: version(source) },
        ...{ targetBefore, targetAfter, wrote: [...merged.toTarget.keys()] },
      });
    };

    it('is asked about where somebody put a third there', () => {
      const { third, agreement } = during(list({ z: W(62) }));
      expect([third, agreement.disputed]).toEqual([['obs[z]'], ['obs[z]']]);
      const asked = merge({
        agreement,
        source: version(list({ a: W(61), s: W(50) })),
        target: version(list({ a: W(61), s: W(50), z: W(62) })),
        sourceIs: 'parent',
        decisions: [],
      });
      expect(asked.conflicts).toEqual(['obs[z]']);
    });

    it('is not asked about where the server wrote anew what it had, or something else came', () => {
      expect(during(list({ z: W(50) })).third).toEqual([]);
      expect(during(list({ z: heart('pulse', 62) })).third).toEqual([]);
    });
  });

  it('is asked about where one end removes a group and the other adds to it', () => {
    const group = { g: heart('bp', null), m: heart('systolic', 120, 'g') };
    const merged = pull(list(group), {}, list({ ...group, n: heart('diastolic', 80, 'g') }));
    expect(merged).toMatchObject({ conflicts: ['obs[g]', 'obs[n]'], reason: 'delete-against-edit' });
  });
});

describe('a field of an obs', () => {
  const told = list({ r: W(60) }, { 'obs[r].path': 'first' });
  const older = version(list({ r: W(60) }), ['obs', 'obs.comment']);

  it('that a platform lacks is unknown there, and kept where it is known', () => {
    const { agreement } = roundOf(agreed(told, ['obs', 'obs.comment']), version(told), older);
    expect(merge({ agreement, source: version(told), target: older, sourceIs: 'parent', decisions: [] }).toTarget.size).toBe(0);
    const edited = version(list({ b: W(61) }), ['obs', 'obs.comment']);
    expect([...merge({ agreement, source: version(told), target: edited, sourceIs: 'parent', decisions: [] }).toSource.keys()]).toEqual(['obs[b]', 'obs[r]']);
  });

  it('that an end has come to tell after an upgrade makes no obs be written anew', () => {
    const before = roundOf(agreed(list({ r: W(60) }), ['obs', 'obs.comment']), version(told), older);
    const upgraded = version(list({ r: W(60) }));
    const after = roundOf(before.agreement, version(told), upgraded);
    expect([after.merged.toTarget.size, after.merged.toSource.size, after.merged.conflicts]).toEqual([0, 0, []]);
    expect(after.lost).toEqual(['obs']);
    const later = roundOf(after.agreement, version(told), upgraded);
    expect([later.merged.toTarget.size, later.merged.toSource.size, later.merged.conflicts, later.agreement.revision]).toEqual([
      0,
      0,
      [],
      after.agreement.revision,
    ]);
  });

  it('that one end changes under the same key flows, as an edit', () => {
    const base = list({ r: W(60) }, { 'obs[r].comment': 'fasting' });
    const merged = pull(base, list({ r: W(60) }, { 'obs[r].comment': 'not fasting' }), base);
    expect([...merged.toTarget]).toEqual([['obs[r].comment', 'not fasting']]);
  });
});

function roundOf(agreement: Agreement, source: Version, target: Version) {
  const merged = merge({ agreement, source, target, sourceIs: 'parent', decisions: [] });
  const after = applied(target, merged.toTarget);
  return {
    merged,
    ...advance({ agreement, merged, sourceIs: 'parent', source, targetBefore: target, targetAfter: after, wrote: [...merged.toTarget.keys()] }),
  };
}

function applied(held: Version, flows: Merged['toTarget']): Version {
  const fields: Content = { ...held.fields };
  for (const [path, value] of flows) {
    if (value === undefined) delete fields[path];
    else fields[path] = value;
  }
  return { ...held, fields };
}

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
