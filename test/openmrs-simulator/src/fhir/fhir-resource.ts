import type { Ref, Row, Value } from '../database.js';
import type { FhirReading, FhirWriting } from './fhir-call.js';
import type { Json } from './fhir-json.js';
import type { Parameter } from './fhir-search.js';

/** One line of the table: everything in which one FHIR resource differs from another. */
export interface FhirResource {
  readonly type: string;
  readonly find: (reading: FhirReading, uuid: string) => Row | undefined;
  /** All rows that a search looks at; those that are gone are left out by whoever asks. */
  readonly all: (reading: FhirReading) => readonly Row[];
  readonly isGone: (row: Row) => boolean;
  /** Where a search looks through several tables, one after the other: which one a row is of. */
  readonly table?: (row: Row) => number;
  /** Rows that a search finds whatever it asks for. */
  readonly isFoundAlways?: (row: Row) => boolean;
  /** Of each list one must be held; nothing is asked for by an empty one. */
  readonly privileges: { readonly read: readonly (readonly string[])[]; readonly save: readonly string[]; readonly remove: readonly string[] };
  /** The moment that `_lastUpdated` asks for and sorts by. */
  readonly updatedAt: (row: Row) => number;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** By what `_sort` may sort, besides `_lastUpdated` and `_id`. */
  readonly sorts?: Readonly<Record<string, (row: Row, reading: FhirReading) => Value>>;
  readonly show: (row: Row, reading: FhirReading) => Json;
  readonly create?: (writing: FhirWriting, body: Json) => Ref;
  readonly update?: (writing: FhirWriting, row: Row, body: Json) => Ref;
  readonly remove?: (writing: FhirWriting, row: Row) => void;
  /** What of it a release of the module does not do. */
  readonly lacks?: (reading: Pick<FhirReading, 'profile'>) => readonly ('create' | 'update' | 'remove' | 'read')[];
  /** PUT of an unknown id makes it, where the setting `fhir2.upsert.supported.resources` names the type (`BaseUpsertFhirResourceProvider`). */
  readonly canUpsert?: boolean;
}

export const isVoided = ({ values }: Row): boolean => values['voided'] === true;
export const isRetired = ({ values }: Row): boolean => values['retired'] === true;
const moment = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);
/** `FhirTranslatorUtils.getLastUpdated`. */
export const lastUpdated = ({ values }: Row): number => moment(values['dateChanged']) ?? moment(values['dateCreated']) ?? 0;
