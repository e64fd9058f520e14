import type { Reference } from '@sync-hub/categories';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import type { MemorySite } from '@sync-hub/runtime/testing';
import { Random } from '../convergence/random.js';

/** A record that refers to others, which all stand before it in its list. */
export interface Referring {
  readonly record: RecordRef;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly references: readonly Reference[];
}

/** What a record of each kind may refer to, as often as real ones do: a field, and the aggregate that it names. */
const KINDS = {
  location: [
    ['parentLocation', 'location', 0.9],
    ['attributes[referral|UUID]', 'location', 0.3],
  ],
  person: [
    ['identifiers[number|OWN].location', 'location', 1],
    ['attributes[clinic]', 'location', 0.5],
  ],
  visit: [
    ['patient', 'person', 1],
    ['location', 'location', 0.8],
  ],
  encounter: [
    ['patient', 'person', 1],
    ['visit', 'visit', 0.8],
    ['location', 'location', 0.8],
    ['obs[OWN].location', 'location', 0.3],
  ],
  obs: [
    ['person', 'person', 1],
    ['encounter', 'encounter', 0.6],
  ],
} as const satisfies Record<string, readonly (readonly [path: string, aggregate: RecordRef['aggregate'], share: number])[]>;

const WEIGHTS = { location: 20, person: 20, visit: 20, encounter: 30, obs: 10 } as const;

/** So many records in an order in which each refers to earlier ones alone; a tenth of what is referred to is the last of its kind, so that chains grow long. */
export function randomRecords(seed: string, count: number): readonly Referring[] {
  const random = new Random(seed);
  const made: Referring[] = [];
  const byAggregate = new Map<string, RecordRef[]>();
  const known = (aggregate: string): readonly RecordRef[] => byAggregate.get(aggregate) ?? [];
  while (made.length < count) {
    const aggregate = random.weighted(WEIGHTS);
    const record: RecordRef = { aggregate, uuid: random.uuid() };
    const wanted = KINDS[aggregate].filter(([, , share]) => random.chance(share));
    const needed = wanted.filter(([, of]) => aggregate !== 'location' || known(of).length > 0);
    if (needed.some(([, of]) => known(of).length === 0)) continue;
    const references = needed.map(([path, of]): Reference => {
      const named = random.chance(0.1) ? known(of).at(-1) : random.pick(known(of));
      const uuid = named?.uuid ?? '';
      return { path: path.replace('UUID', uuid).replace('OWN', record.uuid), resource: of, uuid, aggregate: of };
    });
    const own: Record<string, Scalar> = aggregate === 'person' ? { gender: 'F', [`identifiers[number|${record.uuid}]`]: true } : { name: `n${made.length}` };
    const named = references.map(({ path, uuid }) => [path, path.startsWith('attributes[referral') ? true : uuid] as const);
    const fields = { ...own, ...Object.fromEntries(named) };
    made.push({ record, fields, references });
    byAggregate.set(aggregate, [...known(aggregate), record]);
  }
  return made;
}

/** These records, as people entered them at a site. */
export function enter(site: MemorySite, records: readonly Referring[]): void {
  for (const { record, fields, references } of records) site.edit(record, fields, 'present', references);
}

/** How many pairs there are of which the first refers to the second. */
export const countReferences = (records: readonly Referring[]): number => records.reduce((sum, { references }) => sum + references.length, 0);

/** How many records stand one on the other at most. */
export function longestChain(records: readonly Referring[]): number {
  const depth = new Map<string, number>();
  for (const { record, references } of records) {
    const below = references.flatMap(({ aggregate, uuid }) => (aggregate === null ? [] : [depth.get(recordKey({ aggregate, uuid })) ?? 0]));
    depth.set(recordKey(record), 1 + Math.max(0, ...below));
  }
  return Math.max(0, ...depth.values());
}
