import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { CATEGORIES } from '../all-categories.js';
import { MODERN_PLATFORM, type Platform, sameUuid, taskStatusesSince } from '../platform.js';
import { arbitraryFields } from '../testing/arbitrary-records.js';
import type { FhirJson } from './fhir-view.js';

/** Of each kind that fhir2 alone knows what is to be found in a resource, and the oldest release that is read. */
const KINDS = {
  diagnosticreport: {
    keys: ['id', 'status', 'code', 'subject', 'encounter', 'issued', 'result', 'basedOn', 'conclusion', 'meta'],
    oldest: { ...MODERN_PLATFORM, tellsReportsWhole: false },
  },
  task: {
    keys: 'id status code for encounter owner focus location basedOn partOf input output note executionPeriod meta'.split(' '),
    oldest: { ...MODERN_PLATFORM, hasTaskFocus: false, taskStatuses: taskStatusesSince('first') },
  },
} satisfies Readonly<Partial<Record<keyof typeof CATEGORIES, { readonly keys: readonly string[]; readonly oldest: Platform }>>>;
type Kind = keyof typeof KINDS;

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, [], {}, { reference: 'Patient/p' }, [{ reference: 'Task/t' }], [{ reference: 'Observation/o' }], { coding: [] }, [{ type: {} }]),
);

function codecOf(kind: Kind) {
  const { fhirAlone, aggregate, decode } = CATEGORIES[kind];
  if (fhirAlone === undefined) throw new Error(`${kind} is not known by fhir2 alone`);
  const { resource: resourceType, told, said } = fhirAlone;
  const record = { aggregate, uuid: 'one' };
  return {
    read: (resource: FhirJson, platform: Platform) => decode(told({ resourceType, ...resource }, platform), { record, client: 'fhir-r4', platform }),
    said: (fields: Parameters<typeof said>[0]) => said(fields, sameUuid),
  };
}

it('each kind that fhir2 alone knows is tried here', () => {
  const known = Object.entries(CATEGORIES).filter(([, { fhirAlone }]) => fhirAlone !== undefined);
  expect(known.map(([name]) => name).sort()).toEqual(Object.keys(KINDS).sort());
});

describe.each(Object.keys(KINDS) as Kind[])('a %s', (kind) => {
  const { keys, oldest } = KINDS[kind];
  const { read, said } = codecOf(kind);

  it('is read, or refused by an error with a path, whatever fhir2 tells', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] }), (resource) => {
        try {
          expect(read(resource, MODERN_PLATFORM).category).toBe(kind);
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(ContractError);
          expect((error as ContractError).details).toMatchObject({ path: expect.any(String), found: expect.any(String), allowed: expect.any(String) });
        }
      }),
      { numRuns: 500, seed: 5 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  it.each([
    ['of today', MODERN_PLATFORM],
    ['that is the oldest', oldest],
  ])('is said to a fhir2 %s as it was told', (_, platform) => {
    fc.assert(
      fc.property(arbitraryFields(kind, platform), (fields) => {
        expect(read(said(fields), platform).fields).toEqual(fields);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
