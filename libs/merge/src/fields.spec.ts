import { describe, expect, it } from '@jest/globals';
import { coversPath, fieldName, fieldNames, itemPath } from './fields.js';

describe('a field path', () => {
  it('shows only the name before its natural key', () => {
    expect(fieldName(itemPath('names', '{"familyName":"Doe"}'))).toBe('names');
    expect(fieldName('gender')).toBe('gender');
  });

  it('is shown once per name', () => {
    expect(fieldNames(['names[a]', 'gender', 'names[b]'])).toEqual(['gender', 'names']);
  });
});

describe('what names cover', () => {
  it.each([
    [['ids'], 'ids[T|1]', true],
    [['ids'], 'ids[T|1].location', true],
    [['obs', 'obs.comment'], 'obs[u]', true],
    [['obs', 'obs.comment'], 'obs[u].comment', true],
    [['obs', 'obs.comment'], 'obs[u].status', false],
    [['obs.comment'], 'obs[u].comment', false],
    [['names', 'obs', 'obs.comment'], 'names[{"a":"[x].comment"}]', true],
    [['gender'], 'names[x]', false],
    [['gender'], 'gender', true],
  ])('%j covers %s: %s', (names, path, expected) => {
    expect(coversPath(names, path)).toBe(expected);
  });
});
