import type { Aggregate, Metadata, RecordRef } from '@sync-hub/contracts';
import type { Version } from '@sync-hub/merge';
import type { Labels } from './labels.js';

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
  | 'allergy'
  | 'diagnosticreport'
  | 'task'
  | 'appointment'
  | 'cohort'
  | 'user'
  | 'systemsetting'
  | Metadata;

/** The version of the canonical shapes below; stored with every snapshot and agreement, raised with every change of shape. */
export const SHAPE_VERSION = 1;

/** How a site is spoken to: by webservices.rest, by fhir2 (R4), or by the legacy FHIR module (STU3). */
export const CLIENTS = ['rest', 'fhir-r4', 'fhir-stu3'] as const;
export type Client = (typeof CLIENTS)[number];

/** A kind of thing: its REST resource, and what it is to the hub where it moves it. */
export interface Kind {
  readonly resource: string;
  readonly aggregate: Aggregate | null;
}

/** Something a record points at. What has an aggregate is waited for and fetched; the rest must be added by hand (`unmapped`). */
export interface Reference {
  /** Path of the field that holds it. */
  readonly path: string;
  /** REST resource of what is referred to: `location`, `patientidentifiertype`, `personattributetype`, `concept`, ... */
  readonly resource: string;
  readonly uuid: string;
  /** Set where the reference is itself a record that the hub moves. Of metadata null: only a link that switches its class on moves it (`asCarried`). */
  readonly aggregate: Aggregate | null;
  /**
   * Set where a server keeps the reference as text and looks at nothing: what else than that it may lead to. Where the source itself has none of these under that
   * uuid nothing is waited for.
   */
  readonly orElse?: readonly Kind[];
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
  readonly client: 'rest' | 'fhir-r4';
  readonly references: readonly Reference[];
  readonly itemUuids: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
  /** What the site calls the things that the record points at, and who wrote it (ADR 0124). Beside the content: never compared. Not there where it calls nothing by a name, and in what was kept before. */
  readonly labels?: Labels;
}
