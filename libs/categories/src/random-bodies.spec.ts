import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { CATEGORIES } from './all-categories.js';
import type { RecordCategory } from './canonical.js';
import { MODERN_PLATFORM } from './platform.js';

const NAMES = Object.keys(CATEGORIES) as RecordCategory[];

/** Bodies that have the keys of this category, with anything at all in them. */
function bodiesOf(category: RecordCategory): fc.Arbitrary<unknown> {
  const { scalars, lists, deleted } = CATEGORIES[category];
  const keys = [...Object.keys(scalars), ...lists.map(({ name }) => name), deleted, 'auditInfo', 'links', 'person', 'value', 'groupMembers'];
  const anything = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.constantFrom('Ada', [], true, null) },
  );
  return fc.oneof(fc.jsonValue() as fc.Arbitrary<unknown>, fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] }));
}

describe.each(NAMES)('a body of anything at all, taken for a %s', (category) => {
  it('is read, or refused by an error that names the place and tells no value', () => {
    let refused = 0;
    fc.assert(
      fc.property(bodiesOf(category), (body) => {
        try {
          const record = CATEGORIES[category].decode(body, {
            record: { aggregate: CATEGORIES[category].aggregate, uuid: 'u' },
            client: 'rest',
            platform: MODERN_PLATFORM,
          });
          expect(record.category).toBe(category);
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(ContractError);
          expect((error as ContractError).details).toMatchObject({ path: expect.any(String), found: expect.any(String), allowed: expect.any(String) });
        }
      }),
      { numRuns: 200, seed: 11 },
    );
    expect(refused).toBeGreaterThan(20);
  });
});
