import type { CanonicalRecord, RecordCategory, Reference, Writes } from '@sync-hub/categories';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';

export type { Writes } from '@sync-hub/categories';

/** Options of every call: aborts when the service stops, and asks before each request whether the writer still holds its claim. */
export interface CallOptions {
  readonly signal: AbortSignal;
  /** Called before every single HTTP request; throws when the claim is lost. */
  readonly beforeRequest?: () => void;
}

/** Who has an identifier that another record is to get, and of which type it is. */
export interface IdentifierHolder {
  readonly holder: RecordRef;
  readonly identifierType: Uuid;
}

/** What became of an obs: live, and part of which record; voided; or not there at all. */
export type Whereabouts = { readonly state: 'live'; readonly record: RecordRef } | { readonly state: 'voided' } | { readonly state: 'absent' };

/** How one site is spoken to. Every method throws only `SyncError`s, and never a server's own text. */
export interface SiteClient {
  /** The record as it stands now, `presence: 'absent'` where the site has none of that uuid (an answer with another uuid is none). */
  read(record: RecordRef, options: CallOptions): Promise<CanonicalRecord>;
  /** Is the record there, and not deleted? What `read` would say, for a hundred bytes. */
  presenceOf(record: RecordRef, options: CallOptions): Promise<Presence>;
  /** The record that the site calls by this uuid, under the one it is known by everywhere. */
  canonicalOf(record: RecordRef): Promise<RecordRef>;
  /**
   * The record that a feed entry leads to: what `canonicalOf` says, but an obs of an encounter leads to its encounter, and a
   * member of a group to its root. Costs a request for an obs that was not seen lately in a record of this site.
   */
  recordOf(record: RecordRef, options: CallOptions): Promise<RecordRef>;
  /** What became of the obs under this uuid (known everywhere) that its record no longer shows. Absence is never a deletion. */
  whereabouts(obs: Uuid, options: CallOptions): Promise<Whereabouts>;
  /** Voids those of these obs that are alive in the record though it is voided there. */
  voidObsOf(record: RecordRef, obs: readonly Uuid[], options: CallOptions): Promise<void>;
  /** Does the site have what `reference` points at, under exactly that uuid, and neither purged nor voided (retired will do)? Cached per generation for metadata. */
  has(reference: Pick<Reference, 'resource' | 'uuid'>, options: CallOptions): Promise<boolean>;
  /** Live records at the site that a void of this one would take with it, as `resource/uuid`. */
  dependants(record: RecordRef, options: CallOptions): Promise<readonly string[]>;
  /** Live records of these categories that hang on the patient there: the history that no new entry of the feed tells of. */
  historyOf(patient: Uuid, categories: readonly RecordCategory[], options: CallOptions): Promise<readonly RecordRef[]>;
  /**
   * For a site that would not take our uuid: looks for a record of the same content under another uuid and, if it finds
   * exactly one, remembers it as this record's alias and returns its uuid there. What a site keeps by name is looked for by
   * its name at every site.
   */
  findTwin(incoming: CanonicalRecord, options: CallOptions, isItsOwn: (uuid: Uuid) => Promise<boolean>): Promise<Uuid | null>;
  /** The patient at the site, another than the record itself, who has an identifier that these writes would add; `null` where nobody has. */
  identifierHolder(held: CanonicalRecord, writes: Writes, options: CallOptions): Promise<IdentifierHolder | null>;
  /**
   * Creates or changes the record so that it holds `writes`, by the fewest partial requests, then reads it back and returns
   * what stands there. `held` is what was read just before; `incoming` is the source's version, for uuids of new items.
   */
  write(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes, options: CallOptions): Promise<CanonicalRecord>;
}
