import { describe, expect, it } from '@jest/globals';
import { contentHash } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, CATEGORIES } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import { MODERN_PLATFORM } from './platform.js';
import { arbitraryRecord } from './testing/arbitrary-records.js';
import { RestImitation } from './testing/rest-imitation.js';

/** What webservices.rest makes. The value of a setting is compared as it stands: a program reads it, and blanks may be what it looks for. */
const MADE_BY_REST = Object.values(CATEGORIES).filter(
  ({ name, fhirAlone, ownRest, unsupported }) =>
    fhirAlone === undefined && ownRest === undefined && name !== 'systemsetting' && (unsupported?.(MODERN_PLATFORM) ?? null) === null,
);

/** Keys of ids and of what is chosen from a few words, and what days and ids look like here: nobody types those. */
const IDS = new Set(['uuid', 'uri', 'rel', 'locale', 'conceptNameType']);
const IS_NOT_TYPED = /^$|^\d{4}-\d{2}-\d{2}|^[a-z]+-\d+$/;

/** The body as a server would tell it that keeps what was typed, blanks and all. */
function padded(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return IDS.has(key) || IS_NOT_TYPED.test(value) ? value : ` \t${value}\n `;
  if (Array.isArray(value)) return value.map((item) => padded(item, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, padded(own, name)]));
}

describe.each(MADE_BY_REST)('the blanks around what people type into a $name', (spec) => {
  it('are told by some servers and trimmed by others, and are no difference', () => {
    for (const record of fc.sample(arbitraryRecord(spec.name), { numRuns: 15, seed: 5 }).filter(({ fields }) => spec.cannotMake?.is(fields) !== true)) {
      const rest = new RestImitation(MODERN_PLATFORM);
      const absent = absentRecord(record.record);
      for (const step of spec.planSteps(absent, record, { fields: new Map(Object.entries(record.fields)) }, { platform: MODERN_PLATFORM })) rest.apply(step);
      const body = rest.body(spec.resource as never, record.record.uuid);
      const decode = (told: unknown): CanonicalRecord => spec.decode(told, { record: record.record, client: 'rest', platform: MODERN_PLATFORM });
      expect(decode(padded(body)).fields).toEqual(decode(body).fields);
      expect(contentHash(decode(padded(body)))).toBe(contentHash(decode(body)));
    }
  });
});
