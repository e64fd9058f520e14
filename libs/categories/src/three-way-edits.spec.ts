import { describe, expect, it } from '@jest/globals';
import { type Agreement, type Held, heldAt, type Merged, merge, type ToMerge, type Version } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import { type ThreeWay, threeWayEdits, unitOf } from './testing/three-way-edits.js';

/** Any other by `SYNC_HUB_SEED`. */
const SEED = process.env['SYNC_HUB_SEED'] ?? 'e1';
const NAMES = Object.values(CATEGORIES).map(({ name }) => name);
const EACH = Math.ceil(10_000 / NAMES.length);
const isWhole = ({ base }: ThreeWay): boolean => base.rules?.some(({ rule }) => rule === 'whole') === true;

const agreedOn = ({ presence, fields, covers }: Version): Agreement => ({
  revision: 1,
  parent: { presence, fields, covers },
  child: { presence, fields, covers },
});
const asked = ({ base, here, there }: ThreeWay, sourceIs: 'parent' | 'child' = 'parent'): ToMerge => ({
  agreement: agreedOn(base),
  source: here,
  target: there,
  sourceIs,
  decisions: [],
});
const swapped = (given: ThreeWay): ThreeWay => ({ ...given, here: given.there, there: given.here });

function applied(held: Version, flows: ReadonlyMap<string, Held>): Version {
  const after = new Map<string, Held>([...Object.entries(held.fields), ...flows]);
  return { ...held, fields: Object.fromEntries([...after].flatMap(([path, value]) => (value === undefined ? [] : [[path, value]]))) };
}
const contentOf = ({ fields }: Version): string => JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
const isChanged = (end: Version, { base }: ThreeWay): boolean => contentOf(end) !== contentOf(base);

interface Found extends ThreeWay {
  readonly merged: Merged;
  readonly hereAfter: Version;
  readonly thereAfter: Version;
}
const found = (given: ThreeWay): Found => {
  const merged = merge(asked(given));
  const isAsked = merged.reason !== null;
  const flow = (flows: Merged['toTarget']) => (isAsked ? new Map() : flows);
  return { ...given, merged, hereAfter: applied(given.here, flow(merged.toSource)), thereAfter: applied(given.there, flow(merged.toTarget)) };
};

/** Edits of one end that are held by neither now, or not by both, though nobody is asked. */
function overwritten({ base, here, there, merged, hereAfter, thereAfter }: Found): readonly string[] {
  const lostAt = (edited: Version, after: Version): string[] =>
    [...new Set([...Object.keys(base.fields), ...Object.keys(edited.fields)])].filter((path) => {
      const isEdited = heldAt(edited, path) !== heldAt(base, path);
      const isSaidElsewhere = merged.paths.get(unitOf(path))?.why === 'said-elsewhere';
      return isEdited && !isSaidElsewhere && heldAt(after, path) !== heldAt(edited, path);
    });
  return [
    ...lostAt(here, hereAfter),
    ...lostAt(there, thereAfter),
    ...(merged.reason === null ? [...lostAt(here, thereAfter), ...lostAt(there, hereAfter)] : []),
  ];
}

const all = NAMES.flatMap((name) => threeWayEdits(name, EACH, SEED)).map(found);
const disjoint = all.filter(({ rival }) => rival === null);
const rivals = all.filter(({ rival }) => rival !== null);

describe('edits of records of every kind at both ends', () => {
  it('are of every category, in different fields and in one', () => {
    expect(new Set(disjoint.map(({ base }) => base.category)).size).toBe(NAMES.length);
    expect(all.length).toBeGreaterThanOrEqual(10_000);
    expect(rivals.length).toBeGreaterThan(3_000);
    expect(disjoint.filter((one) => isChanged(one.here, one) && isChanged(one.there, one)).length).toBeGreaterThan(3_000);
  });

  it('are merged without a person where they are of different fields, 99 times of 100 and more', () => {
    const byField = disjoint.filter((one) => !isWhole(one));
    const unasked = byField.filter(({ merged }) => merged.reason === null);
    const why = new Map<string, number>();
    for (const { base, merged } of byField)
      if (merged.reason !== null) why.set(`${base.category} ${merged.reason}`, (why.get(`${base.category} ${merged.reason}`) ?? 0) + 1);
    const words = [...why].map(([what, count]) => `${what} ${count}`).join(', ');
    process.stdout.write(
      `seed ${SEED}, ${all.length} edits; of different fields: ${unasked.length} of ${byField.length} merged without a person; asked: ${words}\n`,
    );
    expect(unasked.length / byField.length).toBeGreaterThanOrEqual(0.99);
    expect(unasked.filter(({ hereAfter, thereAfter }) => contentOf(hereAfter) !== contentOf(thereAfter))).toEqual([]);
  });

  it('are always asked about where they put one field to two values', () => {
    const unasked = rivals.filter(({ merged, rival }) => merged.reason === null || !merged.conflicts.includes(rival ?? ''));
    expect(unasked.map(({ base, rival }) => `${base.category} ${rival}`)).toEqual([]);
  });

  it('are always asked about where a kind is one statement and both ends changed it', () => {
    const whole = all.filter((one) => isWhole(one) && isChanged(one.here, one) && isChanged(one.there, one));
    expect(whole.length).toBeGreaterThan(100);
    expect(whole.filter(({ merged }) => merged.reason === null)).toEqual([]);
  });

  it('overwrite nothing silently', () => {
    expect(all.flatMap((one) => overwritten(one).map((path) => `${one.base.category} ${path}`))).toEqual([]);
  });

  it('come to the same whichever end is merged with which', () => {
    const isMirrored = (one: Found): boolean => {
      const back = found(swapped(one));
      const isSameContent = contentOf(back.hereAfter) === contentOf(one.thereAfter) && contentOf(back.thereAfter) === contentOf(one.hereAfter);
      return isSameContent && back.merged.reason === one.merged.reason && back.merged.conflicts.join() === one.merged.conflicts.join();
    };
    expect(all.filter((one) => !isMirrored(one))).toEqual([]);
  });

  it('leave nothing to do once they are merged', () => {
    const isDone = ({ base, hereAfter, thereAfter }: Found): boolean => {
      const again = merge(asked({ base, here: { ...base, ...hereAfter }, there: { ...base, ...thereAfter }, rival: null }));
      return again.reason === null && again.toTarget.size === 0 && again.toSource.size === 0;
    };
    expect(all.filter((one) => one.merged.reason === null && !isDone(one))).toEqual([]);
  });
});
