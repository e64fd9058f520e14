import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, CATEGORIES, categoriesOf, categoryToWrite } from './all-categories.js';
import type { CanonicalRecord, RecordCategory } from './canonical.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';
import { VOID_REASON, type Writes } from './step.js';
import { arbitraryFields, arbitraryRecord } from './testing/arbitrary-records.js';
import { RestImitation } from './testing/rest-imitation.js';

const OLD_PLATFORM: Platform = {
  addressLines: 6,
  hasBirthtime: false,
  hasDeathdateEstimated: false,
  hasCauseOfDeathNonCoded: false,
  takesUuids: false,
  takesItemUuids: false,
  demotesIdentifiers: false,
};
const PLATFORMS = { modern: MODERN_PLATFORM, old: OLD_PLATFORM };
const ALL = (Object.keys(CATEGORIES) as RecordCategory[]).flatMap((category) =>
  Object.entries(PLATFORMS).map(([age, platform]) => ({ category, age, platform })),
);

function readFrom(site: RestImitation, record: CanonicalRecord, uuid = record.record.uuid): CanonicalRecord {
  const spec = categoriesOf(record.record.aggregate).find((one) => site.body(one.resource, uuid) !== undefined);
  if (spec === undefined) return absentRecord(record.record);
  return spec.decode(site.body(spec.resource, uuid), { record: record.record, client: 'rest', platform: site.platform });
}

function create(site: RestImitation, record: CanonicalRecord): { uuid: string; localUuid: (aggregate: string, uuid: string) => string } {
  const answer = site.apply(CATEGORIES[record.category].encodeCreate(record, { platform: site.platform }));
  expect(answer.status).toBe(201);
  const uuid = answer.uuid ?? '';
  return { uuid, localUuid: (_aggregate, asked) => (asked === record.record.uuid ? uuid : asked) };
}

const writesFor = (from: CanonicalRecord, to: Readonly<Record<string, Scalar>>): Writes => {
  const gone = Object.keys(from.fields).filter((path) => path.includes('[') && !(path in to));
  const changed = Object.entries(to).filter(([path, value]) => from.fields[path] !== value);
  return { fields: new Map<string, Scalar | undefined>([...changed, ...gone.map((path) => [path, undefined] as const)]) };
};

/** Plans, does, reads back and plans once more, as the client does. */
function write(
  site: RestImitation,
  held: CanonicalRecord,
  incoming: CanonicalRecord,
  writes: Writes,
  localUuid?: (aggregate: string, uuid: string) => string,
): CanonicalRecord {
  let now = held;
  for (let pass = 0; pass < 2; pass += 1) {
    const left = { ...writes, fields: new Map([...writes.fields].filter(([path, value]) => now.fields[path] !== value)) };
    for (const step of categoryToWrite(now, incoming, left).planSteps(now, incoming, left, { platform: site.platform, ...(localUuid ? { localUuid } : {}) })) {
      expect([200, 201, 204]).toContain(site.apply(step).status);
    }
    now = readFrom(site, held, localUuid?.(held.record.aggregate, held.record.uuid) ?? held.record.uuid);
  }
  return now;
}

describe.each(ALL)('$category on an $age platform', ({ category, platform }) => {
  it('comes back from a create as it was', () => {
    fc.assert(
      fc.property(arbitraryRecord(category, platform), (record) => {
        const site = new RestImitation(platform);
        const { uuid } = create(site, record);
        const back = readFrom(site, record, uuid);
        expect({ ...back, references: [], stamp: '', provenance: null }).toEqual({ ...record, stamp: '', provenance: null });
        expect(site.violations).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('holds what was wanted once the planned steps are done, and breaks no rule on the way', () => {
    fc.assert(
      fc.property(
        arbitraryRecord(category, platform),
        arbitraryFields(category, platform),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        (record, other, keep) => {
          const site = new RestImitation(platform);
          const { uuid, localUuid } = create(site, record);
          const held = readFrom(site, record, uuid);
          const wanted = Object.fromEntries(Object.entries(other));
          // Some items stay, so that lists are changed and not only replaced.
          Object.entries(held.fields).forEach(([path, value], index) => {
            if (path.includes('[') && keep[index % 60] === true && !path.includes('.location')) wanted[path] = value;
          });
          for (const path of Object.keys(wanted))
            if (path.startsWith('identifiers[') && path.endsWith(']'))
              wanted[`${path}.location`] = held.fields[`${path}.location`] ?? wanted[`${path}.location`] ?? null;
          for (const name of CATEGORIES[category].fixed ?? []) wanted[name] = held.fields[name] ?? null;
          for (const { name, preferred } of CATEGORIES[category].lists) {
            const first = Object.keys(wanted).find((path) => path.startsWith(`${name}[`) && path.endsWith(']'));
            if (preferred !== undefined && first !== undefined) wanted[preferred.field] ??= first.slice(name.length + 1, -1);
          }
          const back = write(site, held, record, writesFor(held, wanted), localUuid);
          expect(back.fields).toEqual(wanted);
          expect(site.violations).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('needs no step where nothing is to be written', () => {
    fc.assert(
      fc.property(arbitraryRecord(category, platform), (record) => {
        expect(CATEGORIES[category].planSteps(record, record, { fields: new Map() }, { platform })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('is voided with our reason and restored with exactly one key', () => {
    const [record] = fc.sample(arbitraryRecord(category, platform), { numRuns: 1, seed: 7 });
    if (record === undefined) throw new Error('no sample');
    const site = new RestImitation(platform);
    const { uuid, localUuid } = create(site, record);
    const held = readFrom(site, record, uuid);
    const voided = write(site, held, record, { presence: 'voided', fields: new Map() }, localUuid);
    expect(voided.presence).toBe('voided');
    expect(site.log.at(-1)).toEqual({ method: 'DELETE', path: `${category}/${uuid}?reason=${VOID_REASON}` });
    const restored = write(site, voided, record, { presence: 'present', fields: new Map() }, localUuid);
    expect(restored.fields).toEqual(record.fields);
    expect(site.log.at(-1)).toEqual({ method: 'POST', path: `${category}/${uuid}`, body: { deleted: 'false' } });
  });
});
