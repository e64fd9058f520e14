import { describe, expect, it } from '@jest/globals';
import { advance, type Held, heldAt, isAsAgreed, isEmpty, isOfList, type Merged, merge, type ToMerge, type Version } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import { Dice, threeWayEdits, unitOf } from './testing/three-way-edits.js';

const SEED = process.env['SYNC_HUB_SEED'] ?? 'f1';
const NAMES = Object.values(CATEGORIES).map(({ name }) => name);

const meeting = (source: Version, target: Version): ToMerge => ({ agreement: null, source, target, sourceIs: 'child', decisions: [] });
function applied<End extends Version>(held: End, flows: ReadonlyMap<string, Held>): End {
  const after = new Map<string, Held>([...Object.entries(held.fields), ...flows]);
  return { ...held, fields: Object.fromEntries([...after].flatMap(([path, value]) => (value === undefined ? [] : [[path, value]]))) };
}
/** What is written where a person is asked: nothing. */
const afterwards = <End extends Version>(source: End, target: End, { reason, toSource, toTarget }: Merged): readonly [End, End] =>
  reason === null ? [applied(source, toSource), applied(target, toTarget)] : [source, target];

/** The record with less in it: fields emptied, items that nobody prefers gone. */
function withLess(record: CanonicalRecord, dice: Dice): CanonicalRecord {
  const preferred = CATEGORIES[record.category].lists.flatMap(({ name, preferred: by }) =>
    by === undefined ? [] : [`${name}[${String(record.fields[by.field])}]`],
  );
  const says = CATEGORIES[record.category].says?.fields ?? {};
  const groups = Object.values(record.fields).flatMap((value) => /"group":"([^"]*)"/.exec(String(value))?.[1] ?? []);
  const goes = new Set(
    Object.keys(record.fields)
      .map(unitOf)
      .filter((unit) => isOfList(unit) && !preferred.includes(unit) && !groups.some((key) => unit === `obs[${key}]`) && dice.below(2) === 0),
  );
  const chosen = CATEGORIES[record.category].lists.flatMap(({ preferred: by }) => by?.field ?? []);
  const left = Object.entries(record.fields).filter(([path]) => !goes.has(unitOf(path)));
  return {
    ...record,
    fields: Object.fromEntries(
      left.map(([path, value]) => [path, isOfList(path) || path in says || chosen.includes(path) || dice.below(2) === 0 ? value : null]),
    ),
  };
}

describe.each(NAMES)('two ends that meet over a record: %s', (name) => {
  const met = threeWayEdits(name, 60, SEED);
  const dice = new Dice(`${SEED} ${name}`);

  it('agree on what is equal, and merge where one of them only adds', () => {
    for (const { base } of met) {
      const [source, target] = [withLess(base, dice), base];
      const merged = merge(meeting(source, target));
      const [sourceAfter, targetAfter] = afterwards(source, target, merged);
      expect([merged.reason, merged.toTarget.size]).toEqual([null, 0]);
      expect(sourceAfter.fields).toEqual(base.fields);
      const { agreement } = advance({
        ...meeting(sourceAfter, target),
        merged: merge(meeting(sourceAfter, target)),
        targetBefore: target,
        targetAfter,
        wrote: [],
      });
      expect([isAsAgreed(agreement, 'parent', target), isAsAgreed(agreement, 'child', sourceAfter)]).toEqual([true, true]);
    }
  });

  it('are never overwritten: what either holds is there at both afterwards, or a person is asked', () => {
    let asked = 0;
    for (const { here, there } of met) {
      const merged = merge(meeting(here, there));
      const [hereAfter, thereAfter] = afterwards(here, there, merged);
      const paths = [...new Set([...Object.keys(here.fields), ...Object.keys(there.fields)])];
      const lost = paths.filter((path) =>
        [here, there].some((end) => !isEmpty(heldAt(end, path)) && [hereAfter, thereAfter].some((after) => heldAt(after, path) !== heldAt(end, path))),
      );
      asked += merged.reason === null ? 0 : 1;
      expect(merged.reason === null ? lost : []).toEqual([]);
      const differing = paths.filter((path) => !isEmpty(heldAt(here, path)) && !isEmpty(heldAt(there, path)) && heldAt(here, path) !== heldAt(there, path));
      for (const path of differing) expect(merged.conflicts).toContain(path);
    }
    // An obs under another uuid is another obs.
    expect(asked > 0).toBe(name !== 'observation');
  });
});
