import { describe, expect, it } from '@jest/globals';
import { fieldName, fieldNames, itemPath } from './fields.js';

describe('a field path', () => {
  it('shows only the name before its natural key', () => {
    expect(fieldName(itemPath('names', '{"familyName":"Doe"}'))).toBe('names');
    expect(fieldName('gender')).toBe('gender');
  });

  it('is shown once per name', () => {
    expect(fieldNames(['names[a]', 'gender', 'names[b]'])).toEqual(['gender', 'names']);
  });
});
