import { describe, expect, it } from '@jest/globals';
import type { Scalar } from './fields.js';
import { merge } from './merge.js';
import type { Merged } from './merged.js';
import type { MergeRule } from './rules.js';
import { agreementOf, decisionOf, VOIDED, versionOf } from './testing/index.js';
import type { Agreement, Decision, Version } from './version.js';

type Content = Readonly<Record<string, Scalar>>;
type Found = Pick<Merged, 'conflicts' | 'reason'> & { readonly toParent: object; readonly toChild: object };

/** What comes of it, whichever end the merge is done from. */
function merged(agreement: Agreement | null, parent: Version, child: Version, decisions: readonly Decision[] = []): Found {
  const down = merge({ agreement, source: parent, target: child, sourceIs: 'parent', decisions });
  const up = merge({ agreement, source: child, target: parent, sourceIs: 'child', decisions });
  const found = ({ conflicts, reason }: Merged, toParent: Merged['toTarget'], toChild: Merged['toTarget']): Found => ({
    conflicts,
    reason,
    toParent: Object.fromEntries(toParent),
    toChild: Object.fromEntries(toChild),
  });
  expect(found(up, up.toTarget, up.toSource)).toEqual(found(down, down.toSource, down.toTarget));
  return found(down, down.toSource, down.toTarget);
}
const asks = (reason: string, ...conflicts: string[]) => expect.objectContaining({ reason, conflicts });

describe('an item that is chosen from a list', () => {
  const rules: MergeRule[] = [{ rule: 'chosen', field: 'preferredName', list: 'names' }];
  const having = (preferredName: string | null, ...keys: string[]): Version =>
    versionOf({ preferredName, ...Object.fromEntries(keys.map((key) => [`names[${key}]`, true])) }, { covers: ['names', 'preferredName'], rules });
  const base = agreementOf(having('x', 'x', 'y'));

  it('is for a person to choose where one end removes it and the other starts to prefer it', () => {
    expect(merged(base, having('y', 'x', 'y'), having('x', 'x'))).toEqual(asks('preference-without-item', 'preferredName'));
  });

  it('is never none, though each end removes the one that the other has kept', () => {
    expect(merged(base, having('y', 'y'), having('x', 'x'))).toEqual(asks('preference-without-item', 'preferredName'));
  });

  it('is for a person to choose where each end starts to prefer another, so that there are never two', () => {
    const found = merged(agreementOf(having('x', 'x', 'y', 'z')), having('y', 'x', 'y', 'z'), having('z', 'x', 'y', 'z'));
    expect(found).toEqual(asks('both-edited', 'preferredName'));
  });

  it('moves with its item, beside what the other end adds', () => {
    expect(merged(base, having('z', 'x', 'y', 'z'), having('x', 'x', 'y', 'w'))).toEqual({
      conflicts: [],
      reason: null,
      toChild: { 'names[z]': true, preferredName: 'z' },
      toParent: { 'names[w]': true },
    });
  });

  it('is not asked about where it was broken before, and neither end has touched it', () => {
    const broken = having('gone', 'x', 'y');
    expect(merged(agreementOf(broken), { ...broken, fields: { ...broken.fields, 'names[z]': true } }, broken).reason).toBeNull();
  });
});

describe('a fact that stands', () => {
  const rules: MergeRule[] = [{ rule: 'stands', facts: [['dead'], ['deathDate'], ['cause', 'causeInWords']] }];
  const DEAD = { dead: true, deathDate: '2020', cause: 'malaria', causeInWords: null, name: 'a' };
  const person = (fields: Content): Version => versionOf(fields, { rules });
  const dead = (change: Content = {}): Version => person({ ...DEAD, ...change });
  const base = agreementOf(DEAD);

  it.each([
    ['dead', { dead: false }],
    ['dead', { dead: null }],
    ['deathDate', { deathDate: null }],
    ['cause', { cause: null }],
  ] as const)('is asked about where one end takes back %s, though the other has edited nothing', (path, change) => {
    expect(merged(base, dead(change), dead())).toEqual(asks('would-take-back', path));
    expect(merged(base, dead(), dead(change))).toEqual(asks('would-take-back', path));
  });

  it('is asked about as a whole where all of it is taken back, and whatever else was edited waits', () => {
    expect(merged(base, person({ dead: false, deathDate: null, cause: null, causeInWords: null, name: 'a' }), dead({ name: 'b' }))).toEqual(
      asks('would-take-back', 'cause', 'dead', 'deathDate'),
    );
  });

  it('may be said in another way', () => {
    const inWords = dead({ cause: null, causeInWords: 'fever' });
    expect(merged(base, inWords, dead())).toMatchObject({ reason: null, toChild: { cause: null, causeInWords: 'fever' } });
    expect(merged(base, dead({ deathDate: '2021' }), dead())).toMatchObject({ reason: null, toChild: { deathDate: '2021' } });
  });

  it('is asked about where what is said in another way at one end was edited at the other', () => {
    expect(merged(base, dead({ cause: null, causeInWords: 'fever' }), dead({ cause: 'cholera' }))).toEqual(asks('both-edited', 'cause'));
  });

  it('is said silently, and stays agreed where one end has never held it', () => {
    const alive = { ...DEAD, dead: false, deathDate: null, cause: null };
    expect(merged(agreementOf(alive), dead(), person(alive))).toMatchObject({ reason: null, toChild: { dead: true, deathDate: '2020', cause: 'malaria' } });
    expect(merged(agreementOf(DEAD, alive), dead(), person(alive))).toMatchObject({ reason: null, toChild: {}, toParent: {} });
  });

  it('is taken back where a person has decided that', () => {
    const found = merged(base, dead({ dead: false }), dead(), [decisionOf('dead', false, true, false)]);
    expect(found).toMatchObject({ reason: null, toChild: { dead: false } });
  });
});

describe('a record that is one statement', () => {
  const rules: MergeRule[] = [{ rule: 'whole' }];
  const order = (fields: Content): Version => versionOf(fields, { rules });
  const BASE = { dose: 1, route: 'oral', words: 'a' };
  const base = agreementOf(BASE);

  it('goes as it was changed at one end', () => {
    expect(merged(base, order({ ...BASE, dose: 2, route: 'iv' }), order(BASE))).toMatchObject({ reason: null, toChild: { dose: 2, route: 'iv' } });
  });

  it('is asked about as a whole where both ends changed it, though in different fields', () => {
    expect(merged(base, order({ ...BASE, dose: 2 }), order({ ...BASE, route: 'iv' }))).toEqual(asks('not-by-field', 'dose', 'route'));
  });

  it('is asked about as a whole where the ends disagree on one field and only one of them changed another', () => {
    expect(merged(base, order({ ...BASE, dose: 2, words: 'b' }), order({ ...BASE, dose: 3 }))).toEqual(asks('both-edited', 'dose', 'words'));
  });

  it('is not put together at first contact', () => {
    expect(merged(null, order({ ...BASE, words: null }), order({ ...BASE, route: null }))).toEqual(asks('not-by-field', 'route', 'words'));
    expect(merged(null, order({ ...BASE, words: null }), order({ ...BASE, route: 'oral' }))).toMatchObject({ reason: null, toParent: { words: 'a' } });
  });

  it('is put together as a person has decided, and no further', () => {
    const [parent, child] = [order({ ...BASE, dose: 2 }), order({ ...BASE, route: 'iv' })];
    const dose = decisionOf('dose', 2, 1, 2);
    expect(merged(base, parent, child, [dose])).toEqual(asks('not-by-field', 'route'));
    expect(merged(base, parent, child, [dose, decisionOf('route', 'oral', 'iv', 'iv')])).toMatchObject({
      reason: null,
      toChild: { dose: 2 },
      toParent: { route: 'iv' },
    });
  });
});

describe('what a task of the server wrote', () => {
  const rules: MergeRule[] = [{ rule: 'person-before-task', field: 'stop' }];
  const visit = (stop: Scalar, extra: Content = {}): Version => versionOf({ stop, place: 'a', ...extra }, { rules });
  const byTask = (stop: Scalar, extra: Content = {}): Version => ({ ...visit(stop, extra), byTask: true });
  const base = agreementOf({ stop: null, place: 'a' });

  it.each([
    ['a later one', '14:00'],
    ['an earlier one', '23:30'],
  ])('gives way to what a person wrote at the other end, %s', (_which, stop) => {
    expect(merged(base, visit(stop), byTask('20:00'))).toMatchObject({ reason: null, toChild: { stop }, toParent: {} });
    expect(merged(base, byTask('20:00'), visit(stop))).toMatchObject({ reason: null, toParent: { stop }, toChild: {} });
  });

  it('gives way to what tasks wrote at the child, so that no night ends in a conflict', () => {
    expect(merged(base, byTask('23:58'), byTask('23:59'))).toMatchObject({ reason: null, toParent: { stop: '23:59' }, toChild: {} });
  });

  it('is so at first contact', () => {
    expect(merged(null, visit('14:00'), byTask('23:59'))).toMatchObject({ reason: null, toChild: { stop: '14:00' } });
  });

  it('goes by itself where the other end has written nothing', () => {
    expect(merged(base, byTask('23:59'), visit(null))).toMatchObject({ reason: null, toChild: { stop: '23:59' } });
  });

  it('says why', () => {
    const why = (source: Version, target: Version) => merge({ agreement: base, source, target, sourceIs: 'child', decisions: [] }).paths.get('stop');
    expect(why(visit('14:00'), byTask('23:59'))).toEqual({ kind: 'to-target', why: 'person-before-task' });
    expect(why(byTask('23:58'), byTask('23:59'))).toEqual({ kind: 'to-target', why: 'child-of-two-tasks' });
  });

  it('changes nothing of what two people wrote, nor of any other field', () => {
    expect(merged(base, visit('14:00'), visit('15:00'))).toEqual(asks('both-edited', 'stop'));
    expect(merged(base, byTask('23:59', { place: 'b' }), visit('15:00', { place: 'c' }))).toEqual(asks('both-edited', 'place'));
  });

  it('keeps no record that somebody voids, which what a person wrote there does', () => {
    const against = (there: Version) => merge({ agreement: base, source: VOIDED, target: there, sourceIs: 'parent', decisions: [] });
    expect(against(byTask('23:59'))).toMatchObject({ presence: 'to-target', presenceValue: 'voided', presenceWhy: 'one-end-edited' });
    expect(against(byTask('23:59', { place: 'b' })).reason).toBe('delete-against-edit');
    expect(against(visit('14:00')).reason).toBe('delete-against-edit');
  });
});
