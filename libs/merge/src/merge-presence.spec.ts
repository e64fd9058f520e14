import { describe, expect, it } from '@jest/globals';
import { presenceSeen } from './decide.js';
import { PRESENCE } from './held.js';
import { merge } from './merge.js';
import { ABSENT, agreementOf, decisionOf, GONE, sideOf, VOIDED, versionOf } from './testing/index.js';
import type { Agreement, Presence, Version } from './version.js';

const HERE = versionOf({ f: 'a' });
const EDITED = versionOf({ f: 'b' });
const versions: Readonly<Record<string, Version>> = { present: HERE, edited: EDITED, voided: VOIDED, gone: GONE, absent: ABSENT };
const side = (presence: Presence) => sideOf({ f: 'a' }, { presence });

type Cell = readonly [bases: readonly [Presence, Presence] | null, source: string, target: string, flow: string, valueOrReason: string | null];

const NONE: Cell[] = [
  [null, 'present', 'absent', 'to-target', 'present'],
  [null, 'absent', 'present', 'to-source', 'present'],
  [null, 'voided', 'absent', 'equal', null],
  [null, 'absent', 'gone', 'equal', null],
  [null, 'absent', 'absent', 'equal', null],
  [null, 'present', 'present', 'equal', null],
  [null, 'voided', 'present', 'conflict', 'first-contact'],
  [null, 'present', 'gone', 'conflict', 'first-contact'],
];
const PRESENT: Cell[] = [
  [['present', 'present'], 'voided', 'present', 'to-target', 'voided'],
  [['present', 'present'], 'gone', 'present', 'to-target', 'voided'],
  [['present', 'present'], 'present', 'voided', 'to-source', 'voided'],
  [['present', 'present'], 'voided', 'edited', 'conflict', 'delete-against-edit'],
  [['present', 'present'], 'edited', 'gone', 'conflict', 'delete-against-edit'],
  [['present', 'present'], 'voided', 'gone', 'equal', null],
  [['present', 'present'], 'present', 'absent', 'conflict', 'absent-with-agreement'],
  [['present', 'present'], 'absent', 'present', 'conflict', 'absent-with-agreement'],
  [['present', 'present'], 'voided', 'absent', 'equal', null],
];
const VOIDS: Cell[] = [
  [['voided', 'voided'], 'present', 'voided', 'to-target', 'present'],
  [['voided', 'voided'], 'voided', 'edited', 'to-source', 'present'],
  [['voided', 'voided'], 'present', 'absent', 'conflict', 'absent-with-agreement'],
  [['voided', 'absent'], 'present', 'absent', 'to-target', 'present'],
  [['voided', 'absent'], 'voided', 'present', 'conflict', 'first-contact'],
  [['voided', 'present'], 'voided', 'present', 'equal', null],
  [['voided', 'present'], 'present', 'present', 'equal', null],
  [['present', 'voided'], 'voided', 'present', 'conflict', 'delete-against-edit'],
];

describe('presence, by what each end is and was agreed to be', () => {
  it.each([...NONE, ...PRESENT, ...VOIDS])('agreed %j, source %s, target %s: %s %s', (bases, source, target, flow, valueOrReason) => {
    const agreement: Agreement | null = bases === null ? null : agreementOf(side(bases[0]), side(bases[1]));
    const merged = merge({ agreement, source: versions[source]!, target: versions[target]!, sourceIs: 'parent', decisions: [] });
    expect([merged.presence, merged.presenceValue ?? merged.reason]).toEqual([flow, valueOrReason]);
  });

  it('takes a value that was never agreed, and is not empty, for an edit that a void must not bury', () => {
    const merged = merge({
      agreement: agreementOf(side('present')),
      source: VOIDED,
      target: versionOf({ f: 'a', g: 'new' }),
      sourceIs: 'parent',
      decisions: [],
    });
    expect(merged.reason).toBe('delete-against-edit');
  });

  it('does not take what only one end can see, and has been seen with, for an edit', () => {
    const agreement = agreementOf(side('present'), sideOf({ f: 'a', g: 'mine' }));
    expect(merge({ agreement, source: VOIDED, target: versionOf({ f: 'a', g: 'mine' }), sourceIs: 'parent', decisions: [] }).presenceValue).toBe('voided');
  });
});

describe('a record that was merged into another one', () => {
  const MERGED: Version = { ...VOIDED, mergedAway: true };
  const mergedWith = (bases: readonly [Presence, Presence] | null, target: Version) =>
    merge({ agreement: bases === null ? null : agreementOf(side(bases[0]), side(bases[1])), source: MERGED, target, sourceIs: 'child', decisions: [] });

  it.each([
    ['that nobody has edited', ['present', 'present'], HERE],
    ['that somebody has edited', ['present', 'present'], EDITED],
    ['that somebody has brought back', ['voided', 'voided'], HERE],
    ['that was never agreed on', null, HERE],
  ] as const)('is asked about against one %s, and takes nothing along', (_which, bases, target) => {
    const merged = mergedWith(bases, target);
    expect([merged.presence, merged.presenceWhy, merged.reason, merged.toTarget.size]).toEqual(['conflict', 'merged-away', 'merged-away', 0]);
  });

  it.each([
    ['is voided too', ['present', 'present'], VOIDED],
    ['was merged away too', ['present', 'present'], MERGED],
    ['has never had it', null, ABSENT],
    ['would not void it, as agreed', ['present', 'voided'], HERE],
  ] as const)('leaves nothing to do where the other end %s', (_which, bases, target) => {
    expect(mergedWith(bases, target)).toMatchObject({ presence: 'equal', reason: null });
  });

  it('is voided there, or brought back, as a person has decided', () => {
    const decide = (value: 'present' | 'voided') =>
      merge({
        agreement: agreementOf(side('present')),
        source: MERGED,
        target: HERE,
        sourceIs: 'parent',
        decisions: [decisionOf(PRESENCE, presenceSeen(MERGED), presenceSeen(HERE), value)],
      });
    expect([decide('voided'), decide('present')]).toMatchObject([
      { presence: 'to-target', presenceValue: 'voided', presenceWhy: 'decided' },
      { presence: 'to-source', presenceValue: 'present', presenceWhy: 'decided' },
    ]);
  });
});

it.each([
  ['both-hold-it', null, HERE, HERE],
  ['record-is-new', null, HERE, ABSENT],
  ['nothing-to-void', null, VOIDED, ABSENT],
  ['one-end-edited', ['present', 'present'], VOIDED, HERE],
  ['one-end-edited', ['voided', 'voided'], VOIDED, HERE],
  ['agreed-difference', ['voided', 'present'], VOIDED, HERE],
  ['delete-against-edit', ['present', 'present'], VOIDED, EDITED],
] as const)('a merge says of presence that it is %s', (why, bases, source, target) => {
  const agreement = bases === null ? null : agreementOf(side(bases[0]), side(bases[1]));
  expect(merge({ agreement, source, target, sourceIs: 'parent', decisions: [] }).presenceWhy).toBe(why);
});

describe('a record that is created', () => {
  it('sends all that the source has, and no emptiness', () => {
    const merged = merge({ agreement: null, source: versionOf({ f: 'a', g: null, 'l[x]': true }), target: ABSENT, sourceIs: 'child', decisions: [] });
    expect([...merged.toTarget]).toEqual([
      ['f', 'a'],
      ['l[x]', true],
    ]);
  });
});

describe('a decision on presence', () => {
  const decide = (value: 'present' | 'voided', target: Version) =>
    merge({
      agreement: agreementOf(side('present')),
      source: VOIDED,
      target,
      sourceIs: 'parent',
      decisions: [decisionOf(PRESENCE, presenceSeen(VOIDED), presenceSeen(EDITED), value)],
    });

  it('voids what the person saw, or restores the other end', () => {
    expect(decide('voided', EDITED)).toMatchObject({ presence: 'to-target', presenceValue: 'voided' });
    expect(decide('present', EDITED)).toMatchObject({ presence: 'to-source', presenceValue: 'present' });
  });

  it('lapses when the record was edited after it', () => {
    expect(decide('voided', versionOf({ f: 'later' }))).toMatchObject({ presence: 'conflict', reason: 'decision-lapsed' });
  });
});
