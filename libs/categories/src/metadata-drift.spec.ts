import { describe, expect, it } from '@jest/globals';
import type { Metadata } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, type CanonicalRecord, type MetadataAtEnds, metadataDrift, sameByName } from './index.js';

const NONE = { met: new Set<string>(), same: new Map<string, string>() };

const one = (kind: Metadata, uuid: string, fields: Readonly<Record<string, Scalar>>, changes: Partial<CanonicalRecord> = {}): CanonicalRecord => ({
  ...absentRecord({ aggregate: kind, uuid }),
  presence: 'present',
  fields,
  covers: [...new Set(Object.keys(fields).map((path) => path.split('[')[0] ?? ''))],
  ...changes,
});
const form = (uuid: string, name: string, changes: Partial<CanonicalRecord> = {}) => one('form', uuid, { name, version: '1' }, changes);
/** What is found, as words. */
const found = (
  parent: readonly CanonicalRecord[],
  child: readonly CanonicalRecord[],
  more: Partial<Pick<MetadataAtEnds, 'met' | 'same'>> = {},
): readonly string[] =>
  metadataDrift({ parent, child, ...NONE, ...more }).map(({ uuid, found: how, otherUuid, fields }) =>
    [uuid, how, ...(otherUuid === null ? [] : [otherUuid]), ...fields].join(' '),
  );

describe('metadata at two ends', () => {
  it('is in step where both have the same under the same uuids', () => {
    expect(found([form('a', 'Triage')], [form('a', 'Triage')])).toEqual([]);
  });

  it('is missing where one end has none, of that uuid or name', () => {
    expect(found([form('a', 'Triage')], [form('b', 'Exit')])).toEqual(['a missing-at-child', 'b missing-at-parent']);
  });

  it('has another uuid where the name is the same, whatever its case; nobody can say so where several have it', () => {
    expect(found([form('a', 'Triage')], [form('b', 'TRIAGE')])).toEqual(['a other-uuid b']);
    expect(found([form('a', 'Triage')], [form('b', 'Triage'), form('c', 'Triage')])).toEqual([
      'a missing-at-child',
      'b missing-at-parent',
      'c missing-at-parent',
    ]);
  });

  it('differs in fields that both tell and say otherwise of, and in whether it is in use', () => {
    expect(found([form('a', 'Triage')], [form('a', 'Triage 2')])).toEqual(['a differs name']);
    expect(found([form('a', 'Triage')], [one('form', 'a', { name: 'Triage' })])).toEqual([]);
    expect(found([one('form', 'a', { name: 'T', description: null })], [one('form', 'a', { name: 'T' }, { covers: ['name', 'description'] })])).toEqual([]);
    expect(found([form('a', 'Triage')], [form('a', 'Triage', { presence: 'voided' })])).toEqual(['a differs presence']);
  });

  it('is let be where it is out of use: at both ends, or at the one that has it, unless a record refers to it', () => {
    const old = { presence: 'voided' } as const;
    expect(found([form('a', 'One', old)], [form('a', 'Other', old)])).toEqual([]);
    expect(found([form('a', 'One', old)], [])).toEqual([]);
    expect(found([form('a', 'One', old)], [], { met: new Set(['a']) })).toEqual(['a missing-at-child']);
  });

  it('of a relationship type is known by what both ends of it are called', () => {
    const type = (uuid: string) => one('relationshiptype', uuid, { aIsToB: 'Aunt', bIsToA: 'Niece' });
    expect(metadataDrift({ parent: [type('a')], child: [type('b')], ...NONE })).toEqual([
      { kind: 'relationshiptype', uuid: 'a', found: 'other-uuid', otherUuid: 'b', by: 'name', fields: [], name: 'Aunt/Niece' },
    ]);
  });

  it('that servers keep by name is one whatever its uuid, and so is what names it', () => {
    const privilege = (uuid: string) => one('privilege', uuid, { name: 'Get Forms', description: 'd' });
    const role = (uuid: string, gives: string) => one('role', uuid, { name: 'Nurse', [`privileges[${gives}]`]: true });
    const ends = { parent: [privilege('p1')], child: [privilege('p2')] };
    expect(found(ends.parent, ends.child)).toEqual([]);
    const same = sameByName(ends);
    expect(found([role('r1', 'p1')], [role('r2', 'p2')], { same })).toEqual([]);
    expect(found([role('r1', 'p1')], [role('r2', 'p3')], { same })).toEqual(['r1 differs privileges']);
  });

  const anything = fc.uniqueArray(
    fc.record({ uuid: fc.constantFrom('a', 'b', 'c', 'd'), name: fc.constantFrom('One', 'one', 'Two', 'Three'), inUse: fc.boolean() }),
    { selector: ({ uuid }) => uuid },
  );
  const records = (made: readonly { uuid: string; name: string; inUse: boolean }[]) =>
    made.map(({ uuid, name, inUse }) => form(uuid, name, { presence: inUse ? 'present' : 'voided' }));

  it('is told of the same from both ends, each piece once, and none is passed over', () =>
    fc.assert(
      fc.property(anything, anything, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')), (a, b, referredTo) => {
        const met = new Set(referredTo);
        const there = metadataDrift({ parent: records(a), child: records(b), ...NONE, met });
        const back = metadataDrift({ parent: records(b), child: records(a), ...NONE, met });
        const turned = { 'missing-at-parent': 'missing-at-child', 'missing-at-child': 'missing-at-parent', 'other-uuid': 'other-uuid', differs: 'differs' };
        const key = ({ uuid, found: how, otherUuid }: (typeof there)[number]) => JSON.stringify([how, [uuid, otherUuid].sort()]);
        expect(there.map(key).sort()).toEqual(back.map((drift) => key({ ...drift, found: turned[drift.found] as 'differs' })).sort());

        const toldOf = there.flatMap(({ uuid, otherUuid }) => [uuid, ...(otherUuid === null ? [] : [otherUuid])]);
        expect(there.map(({ uuid }) => uuid)).toEqual([...new Set(there.map(({ uuid }) => uuid))]);
        for (const { uuid, inUse } of a) if (inUse && !b.some((other) => other.uuid === uuid)) expect(toldOf).toContain(uuid);
        for (const { uuid } of there) expect([...a, ...b].some((other) => other.uuid === uuid)).toBe(true);
        expect(metadataDrift({ parent: records(a), child: records(a), ...NONE, met })).toEqual([]);
      }),
      { numRuns: 500 },
    ));
});
