import type { Aggregate, Metadata, RecordRef } from '@sync-hub/contracts';
import type { Version } from '@sync-hub/merge';

/** The categories a record can be admitted as. Sub-resource categories of a feed lead to one of these. */
export type RecordCategory =
  | 'location'
  | 'person'
  | 'patient'
  | 'visit'
  | 'encounter'
  | 'observation'
  | 'relationship'
  | 'programenrollment'
  | 'condition'
  | 'diagnosis'
  | 'order'
  | 'medicationdispense'
  | Metadata;

/** The version of the canonical shapes below; stored with every snapshot and agreement, raised with every change of shape. */
export const SHAPE_VERSION = 1;

/** Something a record points at. What has an aggregate is waited for and fetched; the rest must be added by hand (`unmapped`). */
export interface Reference {
  /** Path of the field that holds it. */
  readonly path: string;
  /** REST resource of what is referred to: `location`, `patientidentifiertype`, `personattributetype`, `concept`, ... */
  readonly resource: string;
  readonly uuid: string;
  /** Set where the reference is itself a record that the hub moves. Of metadata null: only a link that switches its class on moves it (`asCarried`). */
  readonly aggregate: Aggregate | null;
}

/** Who and when, kept beside the record and out of every comparison. Instants are cut to seconds, in UTC. */
export interface Provenance {
  readonly creator: string | null;
  readonly dateCreated: string | null;
  readonly changedBy: string | null;
  readonly dateChanged: string | null;
}

/**
 * The one in-house shape of a record: volatile and server-local fields gone, lists keyed naturally, references as uuids.
 * `itemUuids` remembers which uuid each list item has at this site (path of the item to uuid): a hint for writing in place,
 * never compared, because sites mint their own.
 */
export interface CanonicalRecord extends Version {
  readonly record: RecordRef;
  readonly category: RecordCategory;
  readonly shape: number;
  readonly client: 'rest';
  readonly references: readonly Reference[];
  readonly itemUuids: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
}
