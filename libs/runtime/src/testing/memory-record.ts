import { randomUUID } from 'node:crypto';
import { CATEGORIES, type CanonicalRecord, categoriesOf, MODERN_PLATFORM, mergedBy } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { fieldName, type Scalar } from '@sync-hub/merge';
import type { KnownBy, Lookalike, SiteFacts } from '@sync-hub/openmrs';

/** What a site of today says of itself. */
export const MODERN_SITE: SiteFacts = {
  ...MODERN_PLATFORM,
  platform: '2.8.0',
  rest: '3.4.0',
  fhir2: null,
  appointments: null,
  atomfeed: '1.0.13',
  feedFlavour: 'generic',
  account: 'a1',
  privileges: null,
  setAuditData: false,
  namesCreators: false,
  clockSkewMs: 0,
  clockWithinMs: 500,
  pages: { usual: 50, most: 100, from: 'settings' },
  charset: { declared: 'utf-8', prolog: null, holds: true },
};

/** The record after these fields of it have changed; `undefined` takes an item away. */
export function changed(before: CanonicalRecord, fields: ReadonlyMap<string, Scalar | undefined>, presence: CanonicalRecord['presence']): CanonicalRecord {
  const after: Record<string, Scalar> = { ...before.fields };
  for (const [path, value] of fields) {
    if (value === undefined) delete after[path];
    else after[path] = value;
  }
  const category = after['isPatient'] === false ? 'person' : before.category;
  return {
    ...before,
    category,
    presence,
    fields: after,
    covers: [...new Set([...before.covers, ...[...fields.keys()].map(fieldName)])].sort(),
    stamp: randomUUID(),
    ...mergedBy(CATEGORIES[category]),
  };
}

/** What a site in memory has of a record that it does not have. */
export const absent = (record: RecordRef): CanonicalRecord => ({
  record,
  category: categoriesOf(record.aggregate)[0].name,
  shape: 1,
  client: 'rest',
  presence: 'absent',
  fields: {},
  covers: [],
  stamp: 'absent',
  references: [],
  itemUuids: {},
  provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
});

/** By what a site in memory knows something that has a name. */
export const knownByName = ({ name }: CanonicalRecord['fields']): KnownBy | null =>
  typeof name === 'string' ? { names: [name], codes: [], identifier: null } : null;

/** The one of these that is of the kind and has one of the names. */
export function lookalikeIn(records: readonly CanonicalRecord[], kind: RecordRef['aggregate'], names: readonly string[]): Lookalike | null {
  const [one, ...others] = records.filter(({ record, fields }) => record.aggregate === kind && names.includes(String(fields['name'])));
  return one === undefined || others.length > 0 ? null : { uuid: one.record.uuid, by: 'name' };
}
