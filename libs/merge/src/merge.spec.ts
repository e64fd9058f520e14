import { describe, expect, it } from '@jest/globals';
import type { Scalar } from './fields.js';
import { merge } from './merge.js';
import type { Merged } from './merged.js';
import { agreementOf, decisionOf, sideOf, versionOf } from './testing/index.js';
import type { Agreement, Decision, Version } from './version.js';

const pull = (agreement: Agreement | null, source: Version, target: Version, decisions: readonly Decision[] = []): Merged =>
  merge({ agreement, source, target, sourceIs: 'parent', decisions });

const flowOf = (merged: Merged, path: string): unknown => {
  const { kind, why } = merged.paths.get(path) ?? {};
  return { kind, why, toTarget: merged.toTarget.get(path), toSource: merged.toSource.get(path) };
};

type Cell = readonly [
  base: readonly [Scalar, Scalar] | null,
  source: Scalar,
  target: Scalar,
  kind: string,
  why: string,
  flows: { toTarget?: Scalar; toSource?: Scalar },
];

describe('one field of a record, by what each end holds and was seen with', () => {
  const cells: Cell[] = [
    [['a', 'a'], 'a', 'a', 'equal', 'both-hold-it', {}],
    [['a', 'a'], 'b', 'b', 'equal', 'both-hold-it', {}],
    [['a', 'c'], 'b', 'b', 'equal', 'both-hold-it', {}],
    [['a', 'a'], 'b', 'a', 'to-target', 'one-end-edited', { toTarget: 'b' }],
    [['a', 'a'], null, 'a', 'to-target', 'one-end-edited', { toTarget: null }],
    [['a', 'a'], 'a', 'b', 'to-source', 'one-end-edited', { toSource: 'b' }],
    [['a', 'a'], 'a', null, 'to-source', 'one-end-edited', { toSource: null }],
    [['a', 'a'], 'b', 'c', 'conflict', 'both-edited', {}],
    [['a', 'a'], null, 'c', 'conflict', 'both-edited', {}],
    [['a', null], 'a', null, 'unchanged', 'agreed-difference', {}],
    [['a', null], 'b', null, 'to-target', 'one-end-edited', { toTarget: 'b' }],
    [['a', null], 'a', 'b', 'to-source', 'one-end-edited', { toSource: 'b' }],
    [['a', null], 'b', 'c', 'conflict', 'both-edited', {}],
    [null, 'a', 'a', 'equal', 'both-hold-it', {}],
    [null, 'a', null, 'to-target', 'only-one-end-has-it', { toTarget: 'a' }],
    [null, null, 'a', 'to-source', 'only-one-end-has-it', { toSource: 'a' }],
    [null, 'a', 'b', 'conflict', 'first-contact', {}],
  ];
  it.each(cells)('base %j, source %j, target %j: %s, because %s, %j', (base, s, t, kind, why, flows) => {
    const agreement = base === null ? null : agreementOf({ f: base[0] }, { f: base[1] });
    expect(flowOf(pull(agreement, versionOf({ f: s }), versionOf({ f: t })), 'f')).toEqual({ kind, why, ...flows });
  });
});

describe('an item of a list', () => {
  const list = (...keys: string[]): Version => versionOf(Object.fromEntries(keys.map((key) => [`names[${key}]`, true])), { covers: ['names'] });
  const agreed = (parent: string[], child = parent): Agreement =>
    agreementOf(sideOf(list(...parent).fields, { covers: ['names'] }), sideOf(list(...child).fields, { covers: ['names'] }));

  it('goes where the end that had it removed it', () => {
    const merged = pull(agreed(['x', 'y']), list('x'), list('x', 'y'));
    expect([...merged.toTarget]).toEqual([['names[y]', undefined]]);
  });

  it('is added where a covered list was agreed without it', () => {
    expect([...pull(agreed(['x']), list('x'), list('x', 'y')).toSource]).toEqual([['names[y]', true]]);
  });

  it('is kept at first contact, whoever has it', () => {
    const merged = pull(null, list('x', 'y'), list('y', 'z'));
    expect([[...merged.toTarget], [...merged.toSource], merged.conflicts]).toEqual([[['names[x]', true]], [['names[z]', true]], []]);
  });

  it('stays away from a target that dropped it, and stays at its source, as agreed', () => {
    const merged = pull(agreed(['x', 'y'], ['x']), list('x', 'y'), list('x'));
    expect([[...merged.toTarget], [...merged.toSource]]).toEqual([[], []]);
  });

  it('is nobody’s removal where a look could not see the list', () => {
    const blind = versionOf({ gender: 'F' });
    const seeing = versionOf({ gender: 'F', 'names[x]': true });
    const base = agreementOf({ gender: 'F', 'names[x]': true });
    expect(flowOf(pull(base, blind, seeing), 'names[x]')).toMatchObject({ kind: 'unknown', why: 'not-covered' });
    expect(flowOf(pull(base, seeing, blind), 'names[x]')).toMatchObject({ kind: 'unknown', why: 'not-covered' });
  });

  it('asks when one end removes it and the other edits a field of it', () => {
    const base = agreementOf({ 'ids[x]': true, 'ids[x].location': 'A' });
    const merged = pull(base, versionOf({}, { covers: ['ids'] }), versionOf({ 'ids[x]': true, 'ids[x].location': 'B' }));
    expect(merged.conflicts).toEqual(['ids[x].location']);
  });
});

describe('two bases', () => {
  it('let an old child that cannot hold a field edit another one without wiping it at the parent', () => {
    const agreement = agreementOf({ f: 'kept', g: 'a' }, { f: null, g: 'a' });
    const child = versionOf({ f: null, g: 'b' });
    const parent = versionOf({ f: 'kept', g: 'a' });
    const push = (bases: Agreement): unknown => [...merge({ agreement: bases, source: child, target: parent, sourceIs: 'child', decisions: [] }).toTarget];
    expect(push(agreement)).toEqual([['g', 'b']]);
    expect(push({ ...agreement, child: agreement.parent })).toContainEqual(['f', null]);
  });
});

describe('a decision', () => {
  const base = agreementOf({ f: 'a' });
  const decide = (s: Scalar, t: Scalar, value: Scalar): unknown =>
    flowOf(pull(base, versionOf({ f: s }), versionOf({ f: t }), [decisionOf('f', 'p', 'c', value)]), 'f');

  const cells: readonly (readonly [Scalar, Scalar, Scalar, object])[] = [
    ['p', 'c', 'p', { kind: 'to-target', why: 'decided', toTarget: 'p' }],
    ['p', 'c', 'c', { kind: 'to-source', why: 'decided', toSource: 'c' }],
    ['p', 'c', 'v', { kind: 'to-both', why: 'decided', toTarget: 'v', toSource: 'v' }],
    ['v', 'c', 'v', { kind: 'to-target', why: 'decided', toTarget: 'v' }],
    ['p', 'v', 'v', { kind: 'to-source', why: 'decided', toSource: 'v' }],
    ['v', 'v', 'v', { kind: 'equal', why: 'both-hold-it' }],
    ['other', 'c', 'v', { kind: 'conflict', why: 'decision-lapsed' }],
    ['p', 'other', 'v', { kind: 'conflict', why: 'decision-lapsed' }],
    ['v', 'other', 'v', { kind: 'conflict', why: 'decision-lapsed' }],
  ];
  it.each(cells)('on parent p and child c: with %j there, %j here and the value %j', (s, t, value, expected) => {
    expect(decide(s, t, value)).toMatchObject(expected);
  });

  it('of later date overrules one that has lapsed', () => {
    const decisions = [decisionOf('f', 'x', 'y', 'z'), decisionOf('f', 'p', 'c', 'p')];
    expect(pull(base, versionOf({ f: 'p' }), versionOf({ f: 'c' }), decisions).toTarget.get('f')).toBe('p');
  });
});

describe('a path in doubt', () => {
  const base = agreementOf({ f: 'a' }, { f: 'a' }, { disputed: ['f'] });

  it('is for a person, even where only one end differs from its base', () => {
    expect(pull(base, versionOf({ f: 'b' }), versionOf({ f: 'a' }))).toMatchObject({ conflicts: ['f'], reason: 'in-doubt' });
  });

  it('is settled by a decision, and by both ends holding the same', () => {
    expect(pull(base, versionOf({ f: 'b' }), versionOf({ f: 'a' }), [decisionOf('f', 'b', 'a', 'b')]).reason).toBeNull();
    expect(pull(base, versionOf({ f: 'b' }), versionOf({ f: 'b' })).reason).toBeNull();
  });
});
