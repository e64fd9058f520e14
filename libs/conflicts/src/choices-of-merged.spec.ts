import { describe, expect, it } from '@jest/globals';
import { CATEGORIES, MODERN_PLATFORM } from '@sync-hub/categories';
import type { ConflictSummary } from '@sync-hub/contracts';
import { choicesOfMerged } from './choices-of-merged.js';
import { conflictFields } from './conflict-fields.js';

const record = { aggregate: 'relationship' as const, uuid: 'r-1' };
const PLACE = { aggregate: 'location' as const, uuid: 'place-1' };
const place = (changes: object = {}) => ({
  uuid: 'place-1',
  name: 'Ward "A" <b>',
  description: 'ground floor 😀',
  country: 'Kenya',
  parentLocation: { uuid: 'site-1', display: 'Site' },
  tags: [{ uuid: 'tag-1', display: 'Login' }],
  attributes: [],
  retired: false,
  ...changes,
});
const read = (body: unknown) => CATEGORIES.location.decode(body, { record: PLACE, client: 'rest', platform: MODERN_PLATFORM });
const conflict = { category: 'location', record: PLACE } as ConflictSummary;
const between = (parent: object, child: object) => ({
  conflict,
  fields: conflictFields({
    category: 'location',
    reason: 'both-edited',
    fields: ['name'],
    agreement: null,
    parent: read(place(parent)),
    child: read(place(child)),
    decisions: [],
  }),
});

describe('a merged record, as clients of Sync 2.0 send it', () => {
  const ends = between({ name: 'Ward P', description: 'old' }, { name: 'Ward C', tags: [] });

  it("is the parent's value, the child's, or a third, for each field in which they differ, and for no other", () => {
    expect(choicesOfMerged(ends, place({ name: "O'Neil <ward> 𝒜", description: 'ground floor 😀', tags: [] }))).toEqual({
      kind: 'choices',
      choices: expect.arrayContaining([
        { path: 'name', value: "O'Neil <ward> 𝒜" },
        { path: 'description', take: 'child' },
        { path: 'tags[tag-1]', take: 'child' },
      ]),
    });
    expect(choicesOfMerged(ends, place({ name: 'Ward P', description: 'old' }))).toMatchObject({
      choices: expect.arrayContaining([
        { path: 'name', take: 'parent' },
        { path: 'tags[tag-1]', take: 'parent' },
      ]),
    });
  });

  it('leaves alone what it does not tell', () => {
    const { description: _left, tags: _out, ...body } = place({ name: 'Ward P' });
    expect(choicesOfMerged(ends, body)).toEqual({ kind: 'choices', choices: [{ path: 'name', take: 'parent' }] });
  });

  it.each([
    ['another value where both ends are alike now', place({ name: 'Ward P', country: 'Uganda' })],
    ['an item less that both ends have', { ...place({ name: 'Ward P' }), parentLocation: null }],
  ])('is stale with %s', (_what, body) => {
    expect(choicesOfMerged(ends, body)).toEqual({ kind: 'stale' });
  });

  it('is stale where nothing differs any more', () => {
    expect(choicesOfMerged(between({}, {}), place())).toEqual({ kind: 'stale' });
  });

  it.each([
    ['an item that neither end holds', place({ name: 'Ward P', tags: [{ uuid: 'tag-1' }, { uuid: 'tag-9' }] }), 'tags[tag-9]'],
    ['another record', place({ uuid: 'place-2' }), 'uuid'],
    ['nothing', null, 'uuid'],
    ['a wrong shape', place({ name: 7 }), 'name'],
  ])('is refused with %s, by the place of it', (_what, body, path) => {
    const answered = choicesOfMerged(ends, body);
    expect(answered).toMatchObject({ kind: 'invalid', problems: [{ path }] });
    expect(JSON.stringify(answered)).not.toContain('Ward');
  });

  it('is refused where the kind of record is not known', () => {
    expect(choicesOfMerged({ conflict: { ...conflict, category: 'constructor', record }, fields: [] }, {})).toMatchObject({ kind: 'invalid' });
  });
});
