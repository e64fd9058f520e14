import { describe, expect, it } from '@jest/globals';
import { advance } from './advance.js';
import { asShown } from './goes-along.js';
import { PRESENCE } from './held.js';
import { merge } from './merge.js';
import type { Merged } from './merged.js';
import { agreementOf, decisionOf, sideOf, VOIDED } from './testing/index.js';
import { agreed, applied, COVERS, type Content, heart, list, OBS, version, W } from './testing/replaced-lists.js';
import type { Agreement, Decision, Version } from './version.js';

const pull = (base: Content, source: Content, target: Content, decisions: readonly Decision[] = []): Merged =>
  merge({ agreement: agreed(base), source: version(source), target: version(target), sourceIs: 'parent', decisions });
const short = ({ toTarget, toSource, conflicts, reason }: Merged) => ({
  toTarget: [...toTarget].map(([path, value]) => `${path}=${String(value)}`),
  toSource: [...toSource].map(([path, value]) => `${path}=${String(value)}`),
  conflicts,
  reason,
});

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
    const chosen = [decisionOf('obs[a]', heart('bp', null), undefined, heart('bp', null)), decisionOf('obs[b]', undefined, heart('bp', null), undefined)];
    const decisions = asShown(chosen, version(source), version(target));
    expect(decisions.map(({ path }) => path)).toEqual(['obs[a]', 'obs[b]', 'obs[y]']);
    const merged = pull(list(group), source, target, decisions);
    const corrected = list({ b: heart('bp', null), z: heart('systolic', 123, 'b') });
    expect(pull(list(group), source, corrected, decisions)).toMatchObject({ conflicts: ['obs[b]', 'obs[z]'], reason: 'delete-against-edit' });
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

    it('stays in dispute where the server writes all of it anew, and no longer once it has gone', () => {
      const { agreement } = during(list({ z: W(62) }));
      const anew = version(list({ a2: W(61), s2: W(50), z2: W(62) }));
      const asked = merge({ agreement, source: version(list({ a: W(61), s: W(50) })), target: anew, sourceIs: 'parent', decisions: [] });
      expect([asked.conflicts, asked.reason]).toEqual([['obs[z2]'], 'in-doubt']);
      const left = { source: version(list({ a: W(61), s: W(50) })), target: version(list({ a: W(61), s: W(50) })) };
      const merged = merge({ agreement, ...left, sourceIs: 'parent', decisions: [] });
      expect(merged.conflicts).toEqual([]);
      const settled = advance({ agreement, merged, sourceIs: 'parent', source: left.source, targetBefore: left.target, targetAfter: left.target, wrote: [] });
      expect(settled.agreement.disputed ?? []).toEqual([]);
    });

    it('is not asked about where the server wrote anew what it had, or something else came', () => {
      expect(during(list({ z: W(50) })).third).toEqual([]);
      expect(during(list({ z: heart('pulse', 62) })).third).toEqual([]);
    });
  });

  it('is asked about where somebody put something into it that the other end removed, also while something else of the list has yet to be settled', () => {
    const base = list({ g: heart('bp', null), m: heart('systolic', 120, 'g') });
    const edited = list({ g: heart('bp', null), n: heart('systolic', 125, 'g') });
    for (const covers of [COVERS, []]) {
      const agreement = agreed(base, covers);
      const asked = merge({
        agreement,
        source: version(edited),
        target: version(list({ x: heart('bp', null), y: heart('systolic', 120, 'x') })),
        sourceIs: 'child',
        decisions: [],
      });
      expect(asked.conflicts).toEqual(expect.arrayContaining(['obs[g]', 'obs[n]']));
    }
  });

  it('is kept in the agreement, with its members, until the one of two that say the same has gone', () => {
    const group = (g: string, m: string) => list({ [g]: heart('bp', null), [m]: heart('systolic', 120, g) });
    const { agreement } = roundOf(agreed(group('g', 'm')), version(group('x', 'y')), version(group('a', 'b')));
    expect(Object.keys(agreement.parent.fields)).toEqual(expect.arrayContaining(['obs[g]', 'obs[m]']));
    const after = { agreement, source: version(group('a', 'b')), target: version({ ...group('x', 'y') }), sourceIs: 'child', decisions: [] } as const;
    expect(short(merge(after)).conflicts).toEqual([]);
  });

  it('is still known as what two took the place of, when its record is restored', () => {
    const side = sideOf(list({ r: W(60) }), { presence: 'voided', covers: COVERS });
    const [source, voided, restored] = [version(list({ a: W(61) })), { ...VOIDED, replaced: [OBS] }, version(list({ b: W(62) }))];
    const merged = merge({ agreement: agreementOf(side), source, target: voided, sourceIs: 'parent', decisions: [] });
    expect(merged).toMatchObject({ presence: 'to-target', presenceValue: 'present' });
    const { agreement } = advance({
      ...{ agreement: agreementOf(side), merged, sourceIs: 'parent', source },
      ...{ targetBefore: voided, targetAfter: restored, wrote: [PRESENCE] },
    });
    expect(merge({ agreement, source, target: restored, sourceIs: 'parent', decisions: [] })).toMatchObject({
      conflicts: ['obs[a]', 'obs[b]'],
      reason: 'both-edited',
    });
  });

  it('is asked about where one end removes a group and the other adds to it', () => {
    const group = { g: heart('bp', null), m: heart('systolic', 120, 'g') };
    const merged = pull(list(group), {}, list({ ...group, n: heart('diastolic', 80, 'g') }));
    expect(merged).toMatchObject({ conflicts: ['obs[g]', 'obs[m]', 'obs[n]'], reason: 'delete-against-edit' });
  });

  describe('and one end wrote anew while the other added to it', () => {
    const group = (key: string, member: string) => ({ [key]: heart('bp', null), [member]: heart('systolic', 120, key) });
    const field = (key: string) => ({ [`obs[${key}].comment`]: 'seated' });
    const base = list(group('g', 'm'), field('g'));
    const [anew, added] = [list(group('x', 'y'), field('x')), list({ ...group('g', 'm'), n: heart('diastolic', 80, 'g') }, field('g'))];
    const asked = ['obs[g]', 'obs[m]', 'obs[n]', 'obs[x]'];
    const taken = (end: Content) => {
      const chosen = asked.map((path) => decisionOf(path, anew[path], added[path], end[path]));
      return asShown(chosen, version(anew), version(added));
    };

    it('is asked about whole, with what was written anew', () => {
      expect(pull(base, anew, added)).toMatchObject({ conflicts: asked, reason: 'delete-against-edit' });
    });

    it('stands once, with all that was in it, whichever end is taken', () => {
      const kept = pull(base, anew, added, taken(added));
      expect([kept.conflicts, [...kept.toTarget]]).toEqual([[], []]);
      expect(applied(version(anew), kept.toSource).fields).toEqual(added);
      const gone = pull(base, anew, added, taken(anew));
      expect([gone.conflicts, [...gone.toSource]]).toEqual([[], []]);
      expect(applied(version(added), gone.toTarget).fields).toEqual(anew);
    });

    it('is still asked about as written anew, where only the other is decided to stay', () => {
      expect(pull(base, anew, added, [decisionOf('obs[g]', undefined, added['obs[g]'], added['obs[g]'])]).conflicts).toContain('obs[x]');
    });
  });
});

describe('an obs that comes back with its group', () => {
  it('is asked about where nobody sent it: somebody may have replaced it elsewhere', () => {
    const group = { g: heart('bp', null), n: heart('systolic', 121, 'g') };
    const [source, before] = [version(list(group)), version(list({ a: heart('bp', null) }))];
    const merged = merge({
      ...{ agreement: agreed(list({})), source, target: before, sourceIs: 'parent' },
      decisions: asShown([decisionOf('obs[g]', heart('bp', null), undefined, heart('bp', null))], source, before),
    });
    const targetAfter = version(list({ ...group, a: heart('bp', null), m: heart('systolic', 120, 'g') }));
    const round = { agreement: agreed(list({})), merged, sourceIs: 'parent' as const, source, targetBefore: before, targetAfter };
    const { third, agreement } = advance({ ...round, wrote: [...merged.toTarget.keys()] });
    expect([third, agreement.disputed]).toEqual([['obs[m]'], ['obs[m]']]);
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

  it('that a platform lacks keeps nobody from seeing that two took the place of one', () => {
    const first = roundOf(null, version(told), { ...older, presence: 'absent', fields: {}, covers: [] });
    const { agreement } = roundOf(first.agreement, version(told), older);
    const rivals = [version(list({ a: W(61) }, { 'obs[a].path': 'first' })), version(list({ b: W(62) }), ['obs', 'obs.comment'])] as const;
    expect(merge({ agreement, source: rivals[0], target: rivals[1], sourceIs: 'parent', decisions: [] })).toMatchObject({
      conflicts: ['obs[a]', 'obs[b]'],
      reason: 'both-edited',
    });
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

function roundOf(agreement: Agreement | null, source: Version, target: Version) {
  const merged = merge({ agreement, source, target, sourceIs: 'parent', decisions: [] });
  const after = applied(target, merged.toTarget);
  return {
    merged,
    ...advance({ agreement, merged, sourceIs: 'parent', source, targetBefore: target, targetAfter: after, wrote: [...merged.toTarget.keys()] }),
  };
}
