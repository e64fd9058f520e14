import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Scalar } from './fields.js';
import { PRESENCE } from './held.js';
import { merge } from './merge.js';
import type { Merged } from './merged.js';
import { ABSENT, agreementOf, sideOf, VOIDED, versionOf } from './testing/index.js';
import type { Agreement, Version } from './version.js';

type Content = Readonly<Record<string, Scalar>>;

/** What Sync 2.0 writes to its target; `dates` are `auditInfo.dateChanged` of source and target, blank where there is none. */
interface Sync2 {
  readonly written: 'source' | 'target' | 'delete' | null;
  readonly isConflict: boolean;
  /** The hash that it keeps, of whichever side it wrote last. */
  readonly baseline: string | null;
}
const hash = (content: Content): string => createHash('sha512').update(JSON.stringify(content)).digest('hex');

/** As the module does (openmrs-module-sync2 1.6 to 1.7, `sync2.restrictConflictMergeBehaviour`, and `sync2.newIsTheBestMergeBehaviour` where `newest` is given). */
function sync2({
  source,
  target,
  baseline,
  newest = null,
}: {
  readonly source: Content | null;
  readonly target: Content | null;
  readonly baseline: string | null;
  readonly newest?: readonly [source: string, target: string] | null;
}): Sync2 {
  if (source === null) return { written: 'delete', isConflict: false, baseline };
  const writes = (written: 'source' | 'target', content: Content): Sync2 => ({ written, isConflict: false, baseline: hash(content) });
  if (target === null) return writes('source', source);
  if (hash(source) === hash(target)) return { written: null, isConflict: false, baseline };
  if (baseline === null) return writes('source', source);
  if (newest !== null) {
    const [here, there] = newest;
    if (here === '' && there !== '') return { written: null, isConflict: true, baseline };
    return there !== '' && here < there ? writes('target', target) : writes('source', source);
  }
  if (baseline === hash(target)) return writes('source', source);
  return baseline === hash(source) ? writes('target', target) : { written: null, isConflict: true, baseline };
}

const BASE: Content = { gender: 'F', birthdate: '1980-01-01' };
const OTHER_FIELD: Content = { ...BASE, birthdate: '1981-01-01' };
const EDITED: Content = { ...BASE, gender: 'M' };
const ALSO: Content = { ...BASE, gender: 'O' };
const BOTH: Content = { gender: 'M', birthdate: '1981-01-01' };

const of = (content: Content | null): Version => (content === null ? ABSENT : versionOf(content));
const meet = (agreement: Agreement | null, source: Version, target: Version): Merged => merge({ agreement, source, target, sourceIs: 'parent', decisions: [] });
const after = (held: Content | null, flows: Merged['toTarget']): Content => ({ ...held, ...Object.fromEntries(flows) }) as Content;

interface Row {
  readonly row: string;
  readonly base: Content | null;
  readonly source: Content;
  readonly target: Content | null;
  readonly newest?: readonly [source: string, target: string];
  readonly did: Sync2['written'] | 'conflict';
  /** What it lost, or left wrong. */
  readonly wrong: string;
  /** What both ends hold here once it is written; null where a person is asked. */
  readonly comesTo: Content | null;
}
const ROWS: readonly Row[] = [
  { row: 'the target lacks it', base: null, source: BASE, target: null, did: 'source', wrong: 'nothing', comesTo: BASE },
  { row: 'both hold the same', base: null, source: BASE, target: BASE, did: null, wrong: 'nothing; no baseline is kept', comesTo: BASE },
  { row: 'first contact, they differ', base: null, source: EDITED, target: ALSO, did: 'source', wrong: 'the target’s content', comesTo: null },
  {
    row: 'first contact, one has more',
    base: null,
    source: { ...BASE, birthdate: null },
    target: BASE,
    did: 'source',
    wrong: 'what the target had more',
    comesTo: BASE,
  },
  { row: 'the source changed', base: BASE, source: EDITED, target: BASE, did: 'source', wrong: 'nothing', comesTo: EDITED },
  { row: 'the target changed', base: BASE, source: BASE, target: EDITED, did: 'target', wrong: 'the source never gets it', comesTo: EDITED },
  { row: 'both changed one field', base: BASE, source: EDITED, target: ALSO, did: 'conflict', wrong: 'nothing', comesTo: null },
  {
    row: 'both changed, each another field',
    base: BASE,
    source: EDITED,
    target: OTHER_FIELD,
    did: 'conflict',
    wrong: 'a person is asked in vain',
    comesTo: BOTH,
  },
  { row: 'both made the same change', base: BASE, source: EDITED, target: EDITED, did: null, wrong: 'nothing; the baseline is stale', comesTo: EDITED },
  {
    row: 'newIsTheBest, the source is older',
    base: BASE,
    source: EDITED,
    target: OTHER_FIELD,
    newest: ['2020-01-01', '2020-01-02'],
    did: 'target',
    wrong: 'the source’s change',
    comesTo: BOTH,
  },
  {
    row: 'newIsTheBest, as old as each other',
    base: BASE,
    source: EDITED,
    target: ALSO,
    newest: ['2020-01-01', '2020-01-01'],
    did: 'source',
    wrong: 'the target’s change',
    comesTo: null,
  },
  {
    row: 'newIsTheBest, the target was never changed by anybody',
    base: BASE,
    source: EDITED,
    target: BASE,
    newest: ['2020-01-01', ''],
    did: 'source',
    wrong: 'nothing',
    comesTo: EDITED,
  },
  {
    row: 'newIsTheBest, the source was never changed by anybody',
    base: BASE,
    source: BASE,
    target: EDITED,
    newest: ['', '2020-01-01'],
    did: 'conflict',
    wrong: 'a person is asked in vain',
    comesTo: EDITED,
  },
];

describe('what Sync 2.0 decides of a record by two hashes, and we field by field', () => {
  it.each(ROWS)('$row: it wrote $did (wrong: $wrong), we come to $comesTo', ({ base, source, target, newest = null, did, comesTo }) => {
    const theirs = sync2({ source, target, baseline: base === null ? null : hash(base), newest });
    expect(theirs.isConflict ? 'conflict' : theirs.written).toBe(did);
    const ours = meet(base === null ? null : agreementOf(base), of(source), of(target));
    expect(ours.reason === null ? [after(source, ours.toSource), after(target, ours.toTarget)] : null).toEqual(comesTo === null ? null : [comesTo, comesTo]);
  });

  it.each([
    ['nobody has edited', BASE, 'to-target', null],
    ['the target has edited', EDITED, 'conflict', 'delete-against-edit'],
  ] as const)('a deletion of what %s: it deletes unasked, and we do only where nothing is lost', (_which, target, presence, reason) => {
    expect(sync2({ source: null, target, baseline: hash(BASE) }).written).toBe('delete');
    expect(meet(agreementOf(BASE), VOIDED, of(target))).toMatchObject({ presence, reason });
  });

  it('keeps what one end could not take, which two hashes would wipe at the other with its next edit', () => {
    const [held, lacking] = [BASE, { ...BASE, birthdate: null }];
    expect(sync2({ source: { ...lacking, gender: 'M' }, target: held, baseline: hash(held) })).toMatchObject({ written: 'source' });
    const ours = merge({ agreement: agreementOf(held, lacking), source: of({ ...lacking, gender: 'M' }), target: of(held), sourceIs: 'child', decisions: [] });
    expect([...ours.toTarget]).toEqual([['gender', 'M']]);
  });
});

describe('a record that the target alone has changed', () => {
  it('never comes to the same at both ends in Sync 2.0: each direction in turn lets its target win', () => {
    const ends = { parent: BASE, child: EDITED };
    let baseline: string | null = hash(BASE);
    const results = ['pull', 'push', 'pull', 'push', 'pull', 'push'].map((direction) => {
      const [source, target] = direction === 'pull' ? [ends.parent, ends.child] : [ends.child, ends.parent];
      const done: Sync2 = sync2({ source, target, baseline });
      baseline = done.baseline;
      return done.written;
    });
    expect(results).toEqual(['target', 'target', 'target', 'target', 'target', 'target']);
  });

  it('is the same at both ends after one round, whichever direction it is', () => {
    const agreement = agreementOf(BASE);
    for (const sourceIs of ['parent', 'child'] as const) {
      const first = merge({ agreement, source: of(BASE), target: of(EDITED), sourceIs, decisions: [] });
      const [source, target] = [after(BASE, first.toSource), after(EDITED, first.toTarget)];
      expect([source, target]).toEqual([EDITED, EDITED]);
      const again = merge({ agreement, source: of(source), target: of(target), sourceIs, decisions: [] });
      expect([again.reason, again.toSource.size, again.toTarget.size]).toEqual([null, 0, 0]);
    }
  });
});

describe('what one end took away and the other end edited', () => {
  const MERGED: Version = { ...VOIDED, mergedAway: true };
  const GONE = versionOf({}, { presence: 'gone' });
  const edits: readonly (readonly [string, Version])[] = [
    ['a field', versionOf(EDITED)],
    ['a field that was never agreed', versionOf({ ...BASE, deathDate: '2020' })],
    ['an item of a list', versionOf({ ...BASE, 'names[x]': true })],
  ];
  const takenAway: readonly (readonly [string, Version, string])[] = [
    ['voided', VOIDED, 'delete-against-edit'],
    ['purged', GONE, 'delete-against-edit'],
    ['merged into another', MERGED, 'merged-away'],
  ];
  const cases = takenAway.flatMap(([what, taken, reason]) =>
    edits.flatMap(([which, edited]) => (['parent', 'child'] as const).map((sourceIs) => ({ what, which, taken, edited, reason, sourceIs }))),
  );

  it.each(cases)('is asked about, and nothing flows: $what against an edit of $which, seen from the $sourceIs', ({ taken, edited, reason, sourceIs }) => {
    const agreement = agreementOf(sideOf(BASE, { covers: ['gender', 'birthdate'] }));
    for (const [source, target] of [
      [taken, edited],
      [edited, taken],
    ] as const) {
      const merged = merge({ agreement, source, target, sourceIs, decisions: [] });
      expect([merged.reason, merged.presence, merged.toSource.size, merged.toTarget.size, merged.conflicts.includes(PRESENCE)]).toEqual([
        reason,
        'conflict',
        0,
        0,
        false,
      ]);
    }
  });

  it('is no question where who took it away had seen the edit', () => {
    for (const taken of [VOIDED, GONE]) {
      const agreement = agreementOf(EDITED);
      expect(merge({ agreement, source: taken, target: versionOf(EDITED), sourceIs: 'child', decisions: [] })).toMatchObject({
        presenceValue: 'voided',
        reason: null,
      });
    }
  });
});
