import { describe, expect, it } from '@jest/globals';
import type { ConflictAnswer, ConflictChoice, ConflictDetail, ConflictField } from '@sync-hub/contracts';
import { previewOfDetail, problemsOfAnswer } from './preview-of-detail.js';

const side = (value: string | undefined, isKnown = true) => ({ value, label: null, isKnown });
const aField = (changes: Partial<ConflictField> = {}): ConflictField => ({
  path: 'gender',
  field: 'gender',
  item: null,
  kind: 'text',
  base: null,
  parent: side('F'),
  child: side('M'),
  does: 'ask',
  why: 'both-edited',
  takes: ['parent', 'child', 'value'],
  ...changes,
});
const asked = aField();
const flows = aField({
  path: 'birthdate',
  field: 'birthdate',
  does: 'to-parent',
  takes: ['parent', 'child', 'value'],
  parent: side('1985-05-12'),
  child: side('1985-05-13'),
});
const item = aField({ path: 'names[x]', field: 'names', does: 'ask', takes: ['parent', 'child'], parent: side(undefined), child: side('y') });
const unseen = aField({ path: 'note', field: 'note', does: 'to-child', parent: side('n'), child: side(undefined, false) });
const told = (...fields: readonly ConflictField[]) => ({ conflict: { parent: 'central', child: 'kisumu' }, fields }) as unknown as ConflictDetail;
const detail = told(asked, flows, item, unseen);
const answer = (...choices: ConflictChoice[]): ConflictAnswer => ({ version: 1, choices });

describe('what an answer to a conflict of another instance would write', () => {
  it('is nothing before all of it is answered', () => {
    expect(previewOfDetail(detail, answer({ path: 'gender', take: 'parent' }))).toEqual({ writes: [], open: ['names[x]'] });
  });

  it('is what was chosen, and what the merge does by itself, at each end that holds something else; never what an end could not show', () => {
    const { writes, open } = previewOfDetail(detail, answer({ path: 'gender', take: 'parent' }, { path: 'names[x]' }));
    expect(open).toEqual([]);
    expect(writes).toEqual([
      { site: 'central', fields: [{ path: 'birthdate', from: side('1985-05-12'), to: side('1985-05-13') }] },
      {
        site: 'kisumu',
        fields: [
          { path: 'gender', from: side('M'), to: side('F') },
          { path: 'names[x]', from: side('y'), to: { value: undefined, label: null, isKnown: true } },
        ],
      },
    ]);
  });

  it('is no field of what is voided', () => {
    const presence = aField({ path: 'presence', field: 'presence', kind: 'presence', parent: side('voided'), child: side('present') });
    expect(previewOfDetail(told(presence, { ...flows, does: 'to-child' }), answer({ path: 'presence', take: 'parent' }))).toEqual({
      writes: [{ site: 'kisumu', fields: [{ path: 'presence', from: side('present'), to: side('voided') }] }],
      open: [],
    });
  });

  it('goes to both ends where a value is typed', () => {
    const { writes } = previewOfDetail(
      detail,
      answer({ path: 'gender', value: 'U' }, { path: 'names[x]', take: 'child' }, { path: 'birthdate', take: 'child' }),
    );
    expect(writes.map(({ site, fields }) => [site, ...fields.map(({ path, to }) => `${path}=${String(to.value)}`)])).toEqual([
      ['central', 'gender=U', 'birthdate=1985-05-13', 'names[x]=y'],
      ['kisumu', 'gender=U'],
    ]);
  });
});

describe('an answer to a conflict of another instance', () => {
  it.each([
    ['fits', answer({ path: 'gender', value: 'U' }, { path: 'names[x]', take: 'child' }), []],
    ['names no field', answer({ path: 'hair', take: 'child' }), ['hair']],
    ['answers one twice', answer({ path: 'gender', take: 'child' }, { path: 'gender', take: 'parent' }), ['gender']],
    ['types where nothing is typed', answer({ path: 'names[x]', value: 'z' }), ['names[x]']],
  ])('that %s', (_what, given, paths) => {
    expect(problemsOfAnswer(detail, given)?.problems.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
