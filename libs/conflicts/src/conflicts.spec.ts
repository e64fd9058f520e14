import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { ConflictChoice, ConflictDetail, ConflictPreview } from '@sync-hub/contracts';
import { type Agreement, type Fields, merge, type Presence, presenceSeen } from '@sync-hub/merge';
import { conflictFields, decisionsOf, previewOfDetail, previewOfStored, problemsOf, type StoredConflict, withDecisions } from './index.js';

const KIND = 'b1d7a2c4-0000-4000-8000-000000000001';
const PLACE = 'b1d7a2c4-0000-4000-8000-000000000002';
const OTHER_PLACE = 'b1d7a2c4-0000-4000-8000-000000000003';
const PHONE = `attributes[${KIND}]`;
const NUMBER = `identifiers[${KIND}|100GEJ]`;
const OLD_NAME = 'names[{"givenName":"Ann","familyName":"Doe"}]';
const COVERS = ['gender', 'birthdate', 'dead', 'deathDate', 'names', 'identifiers', 'identifiers.location', 'attributes', 'preferredName', 'isPatient'];

const version = (fields: Fields, presence: Presence = 'present', covers: readonly string[] = COVERS): CanonicalRecord => ({
  record: { aggregate: 'person', uuid: 'b1d7a2c4-0000-4000-8000-00000000000a' },
  category: 'patient',
  shape: 1,
  client: 'rest',
  presence,
  fields,
  covers: presence === 'present' ? covers : [],
  stamp: JSON.stringify(fields),
  references: [PLACE, OTHER_PLACE].map((uuid) => ({ path: `${NUMBER}.location`, resource: 'location', uuid, aggregate: 'location' as const })),
  itemUuids: {},
  provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
});

const agreedOn = (fields: Fields): Agreement => {
  const side = { presence: 'present' as const, fields, covers: COVERS };
  return { revision: 3, parent: side, child: side };
};

const BASE: Fields = { gender: 'F', birthdate: '1990-01-02', [PHONE]: '555', [OLD_NAME]: true, [NUMBER]: true, [`${NUMBER}.location`]: PLACE };
const ofBoth = (parent: Fields, child: Fields, more: Partial<StoredConflict> = {}): StoredConflict => ({
  category: 'patient',
  reason: 'both-edited',
  fields: [],
  agreement: agreedOn(BASE),
  parent: version({ ...BASE, ...parent }),
  child: version({ ...BASE, ...child }),
  decisions: [],
  ...more,
});
const SITES = { parent: 'central', child: 'kisumu' };
const byPath = ({ writes, open }: ConflictPreview) => ({
  open,
  writes: Object.fromEntries(writes.map(({ site, fields }) => [site, Object.fromEntries(fields.map(({ path, to }) => [path, to.value]))])),
});
const sent = (conflict: StoredConflict, choices: readonly ConflictChoice[]) => {
  const kept = byPath(previewOfStored(conflict, choices, SITES));
  // Whoever was only told of the conflict says the same.
  const told = { conflict: SITES, fields: conflictFields(conflict) } as unknown as ConflictDetail;
  expect(byPath(previewOfDetail(told, { choices: [...choices] }))).toEqual(kept);
  return kept;
};

describe('what is asked', () => {
  it('is told first, then what differs, then the rest, each as the merge has it', () => {
    const conflict = ofBoth({ gender: 'M' }, { gender: 'U', birthdate: '1990-01-03' });
    expect(conflictFields(conflict).map(({ path, does, why }) => [path, does, why])).toEqual([
      ['gender', 'ask', 'both-edited'],
      ['birthdate', 'to-parent', 'one-end-edited'],
      ...[PHONE, NUMBER, `${NUMBER}.location`, OLD_NAME].map((path) => [path, 'nothing', 'both-hold-it']),
    ]);
  });

  it('is of the kind that the category says, in words where an item has a key, and takes what can be written', () => {
    const told = ofBoth({ [`${NUMBER}.location`]: OTHER_PLACE }, {});
    const conflict: StoredConflict = {
      ...told,
      parent: { ...told.parent, labels: { [KIND]: 'OpenMRS ID', [OTHER_PLACE]: 'Siaya' } },
      child: { ...told.child, labels: { [KIND]: 'Hospital number', [PLACE]: 'Kisumu' } },
    };
    const fields = conflictFields(conflict);
    const of = (path: string) => fields.find((one) => one.path === path);
    expect(of(`${NUMBER}.location`)).toMatchObject({
      field: 'identifiers',
      item: 'OpenMRS ID 100GEJ, location',
      kind: 'reference',
      takes: ['parent', 'child'],
      parent: { value: OTHER_PLACE, label: 'Siaya' },
      base: { parent: { value: PLACE, label: 'Kisumu' } },
    });
    expect(of('gender')).toMatchObject({ item: null, kind: 'text', takes: ['parent', 'child', 'value'] });
    expect(of('birthdate')).toMatchObject({ kind: 'date' });
    expect(of(PHONE)).toMatchObject({ item: 'OpenMRS ID', kind: 'text', parent: { value: '555', label: null } });
    expect(of(OLD_NAME)).toMatchObject({ item: 'Ann Doe', kind: 'item' });
  });

  it('is nothing of what an end cannot tell', () => {
    const conflict = ofBoth({ gender: 'M' }, { gender: 'U' }, { child: version({ birthdate: '1990-01-02' }, 'present', ['birthdate']) });
    expect(conflictFields(conflict).find(({ path }) => path === 'gender')).toMatchObject({ does: 'unknown', takes: [], child: { isKnown: false } });
    expect(problemsOf(conflict, [{ path: 'gender', take: 'parent' }])).toEqual([{ path: 'gender', problem: expect.stringContaining('both ends') }]);
  });

  it('is whether the record is there, where one end deleted what the other changed', () => {
    const conflict = ofBoth({}, { gender: 'M' }, { parent: version({}, 'voided') });
    expect(conflictFields(conflict)[0]).toMatchObject({
      path: 'presence',
      kind: 'presence',
      does: 'ask',
      why: 'delete-against-edit',
      parent: { value: 'voided' },
      child: { value: 'present' },
      takes: ['parent', 'child', 'value'],
    });
    expect(sent(conflict, [{ path: 'presence', take: 'parent' }])).toEqual({ open: [], writes: { kisumu: { presence: 'voided' } } });
    expect(sent(conflict, [{ path: 'presence', value: 'present' }])).toEqual({ open: [], writes: { central: { presence: 'present' } } });
    expect(decisionsOf(conflict, [{ path: 'presence', take: 'child' }])).toEqual([
      { path: 'presence', seenAtParent: 'voided', seenAtChild: presenceSeen(conflict.child), value: 'present' },
    ]);
  });

  it.each(['void-would-take-others', 'in-doubt', 'third-value'])('is what the conflict names where the merge alone would not ask: %s', (reason) => {
    const isVoid = reason === 'void-would-take-others';
    const conflict = isVoid
      ? ofBoth({}, {}, { parent: version({}, 'voided'), reason, fields: ['presence'] })
      : ofBoth({ gender: 'M', birthdate: '1990-01-03' }, {}, { reason, fields: ['gender'] });
    const path = isVoid ? 'presence' : 'gender';
    const asked = conflictFields(conflict).filter(({ does }) => does === 'ask');
    expect(asked).toMatchObject([{ path, why: reason }]);
    expect(sent(conflict, []).open).toEqual([path]);
    expect(sent(conflict, [{ path, take: 'child' }]).open).toEqual([]);
  });
});

describe('an answer', () => {
  const conflict = ofBoth({ gender: 'M', [PHONE]: '556' }, { gender: 'U', [PHONE]: '557', birthdate: '1990-01-03' });

  it('may name a value that neither end holds, writes nothing while a path is open, and sends along what nobody is asked about', () => {
    expect(sent(conflict, [{ path: 'gender', value: 'O' }])).toEqual({ open: [PHONE], writes: {} });
    expect(
      sent(conflict, [
        { path: 'gender', value: 'O' },
        { path: PHONE, take: 'child' },
      ]).writes,
    ).toMatchObject({ central: { gender: 'O' }, kisumu: { gender: 'O' } });
    expect(
      sent(conflict, [
        { path: 'gender', take: 'parent' },
        { path: PHONE, take: 'child' },
      ]),
    ).toEqual({ open: [], writes: { central: { [PHONE]: '557', birthdate: '1990-01-03' }, kisumu: { gender: 'M' } } });
  });

  it('may be of what nobody asks about', () => {
    const both = ['gender', PHONE].map((path) => ({ path, take: 'parent' as const }));
    expect(sent(conflict, [{ path: 'birthdate', take: 'parent' }, ...both]).writes).toEqual({
      kisumu: { birthdate: '1990-01-02', gender: 'M', [PHONE]: '556' },
    });
  });

  it('may take an item away', () => {
    expect(sent(conflict, [{ path: PHONE }, { path: 'gender', take: 'parent' }]).writes).toMatchObject({
      central: { [PHONE]: undefined },
      kisumu: { [PHONE]: undefined },
    });
  });

  it('that takes a group away is of all that was seen in it, and of nothing that comes into it later', () => {
    const obs = (key: string, within?: string) => ({ [`obs[${key}]`]: JSON.stringify({ concept: KIND, ...(within === undefined ? {} : { group: within }) }) });
    const encounter = (fields: Fields): CanonicalRecord => ({
      ...version(fields, 'present', ['obs']),
      ...{ category: 'encounter', replaced: [{ list: 'obs', fields: [], slot: ['concept', 'group'], slotFields: [], within: 'group' }] },
    });
    const conflict: StoredConflict = {
      ...{ category: 'encounter', reason: 'both-edited', fields: ['obs'], decisions: [], agreement: null },
      ...{ parent: encounter({ ...obs('g'), ...obs('m', 'g'), ...obs('n', 'm'), ...obs('o') }), child: encounter(obs('o')) },
    };
    const made = decisionsOf(conflict, [{ path: 'obs[g]', take: 'child' }]);
    expect(made.map(({ path, value }) => [path, value])).toEqual(['obs[g]', 'obs[m]', 'obs[n]'].map((path) => [path, undefined]));
    expect(decisionsOf(conflict, [{ path: 'obs[g]', take: 'parent' }])).toHaveLength(1);
  });

  it('takes the place of what was decided of the same path, and of no other', () => {
    const [gender, phone] = decisionsOf(conflict, [
      { path: 'gender', take: 'parent' },
      { path: PHONE, take: 'parent' },
    ]);
    const [other] = decisionsOf(conflict, [{ path: 'gender', take: 'child' }]);
    if (gender === undefined || phone === undefined || other === undefined) throw new Error('nothing was decided');
    expect(withDecisions([gender, phone], [other])).toEqual([phone, other]);
    expect(sent({ ...conflict, decisions: [gender, phone] }, [{ path: 'gender', take: 'child' }]).writes).toMatchObject({
      central: { gender: 'U', birthdate: '1990-01-03' },
    });
  });

  it('leaves nothing to do once both ends hold it, and is asked about anew where one of them moved', () => {
    const decisions = decisionsOf(conflict, [
      { path: 'gender', value: 'O' },
      { path: PHONE, take: 'parent' },
    ]);
    const held = version({ ...BASE, gender: 'O', [PHONE]: '556', birthdate: '1990-01-03' });
    const merged = (parent: CanonicalRecord, child: CanonicalRecord) =>
      merge({ agreement: conflict.agreement, source: parent, target: child, sourceIs: 'parent', decisions });
    expect(merged(held, held)).toMatchObject({ reason: null, conflicts: [] });
    expect([...merged(held, held).toTarget, ...merged(held, held).toSource]).toEqual([]);
    expect(merged(version({ ...conflict.parent.fields, gender: 'X' }), conflict.child)).toMatchObject({ reason: 'decision-lapsed', conflicts: ['gender'] });
  });

  it.each<readonly [string, ConflictChoice, RegExp]>([
    ['of a field that no patient has', { path: 'shoeSize', take: 'parent' }, /no field of a patient/],
    ['of a field that no identifier has', { path: `${NUMBER}.colour`, take: 'parent' }, /no field of a patient/],
    ['of another type', { path: 'gender', value: 3 }, /text/],
    ['with blanks at its ends', { path: 'gender', value: ' F' }, /text/],
    ['that is no day', { path: 'birthdate', value: '1990-02-31' }, /1985-05-12/],
    ['that is no yes or no', { path: 'dead', value: 'true' }, /true or false/],
    ['that is no moment', { path: 'deathDate', value: '2026-11-01' }, /moment/],
    ['of a place by a uuid that somebody typed', { path: `${NUMBER}.location`, value: KIND }, /nothing else can be typed/],
    ['of a name as text', { path: OLD_NAME, value: 'Ann' }, /takes the item away/],
    ['that takes a field away, which is no item', { path: 'gender' }, /text/],
    ['of whether it is there, where both ends have it', { path: 'presence', value: 'voided' }, /same at both ends/],
  ])('is refused %s, in words that name no value', (_name, choice, words) => {
    const problems = problemsOf(conflict, [choice]);
    expect(problems).toEqual([{ path: choice.path, problem: expect.stringMatching(words) }]);
    expect(problems[0]?.problem).not.toMatch(/1990|555|Ann/);
  });

  it('is refused where it answers one path twice, and is none of that where a value is right', () => {
    const twice: readonly ConflictChoice[] = [
      { path: 'gender', take: 'parent' },
      { path: 'gender', value: 'F' },
    ];
    expect(problemsOf(conflict, twice)).toEqual([{ path: 'gender', problem: expect.stringContaining('twice') }]);
    const right: readonly ConflictChoice[] = [
      { path: 'gender', value: null },
      { path: 'birthdate', value: '1985-05-12' },
      { path: 'dead', value: true },
      { path: 'deathDate', value: '2026-11-01T10:15:00Z' },
      { path: PHONE, value: "O'Neil <b>𝒜</b>" },
      { path: OLD_NAME },
    ];
    expect(problemsOf(conflict, right)).toEqual([]);
  });
});
