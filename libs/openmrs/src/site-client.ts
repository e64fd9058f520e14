import type { CanonicalRecord, Client, RecordCategory, Reference, TyingCategory, Writes } from '@sync-hub/categories';
import type { Metadata, RecordRef, ToldTie, Uuid } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';

export type { Writes } from '@sync-hub/categories';

/** One answer of a site, without a word of it; or a write that it has not answered. */
export interface Heard {
  readonly isWrite: boolean;
  /** Of the request, from `/ws/` on. */
  readonly path: string;
  /** The server's clock when it gave the answer, in whole seconds; null where it tells none, or has not answered. */
  readonly date: Date | null;
  /** From when the request was sent until the answer came: it was handled at some moment of that. */
  readonly tookMs: number;
}

/** A write as it went over the line: what was sent, and what came back. All of it is patient data. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** JSON, or nothing. */
  readonly request: string;
  /** Null where nothing came back. */
  readonly status: number | null;
  readonly answer: string | null;
}

/** Options of every call: aborts when the service stops, and asks before each request whether the writer still holds its claim. */
export interface CallOptions {
  readonly signal: AbortSignal;
  /** Called before every single HTTP request; throws when the claim is lost. */
  readonly beforeRequest?: () => void;
  /** Told of every answer, whatever it says, and of every write that was sent and had none. */
  readonly heard?: (answer: Heard) => void;
  /** Told how many bytes each answer had. */
  readonly received?: (bytes: number) => void;
  /** Told how many bytes the body of each request had that was sent. */
  readonly sent?: (bytes: number) => void;
  /** Told of every write with what was sent and came back, for whoever keeps that sealed. */
  readonly exchanged?: (exchange: Exchange) => void;
  /** Whom the record is to hang on, where that is known from the other end: what a site finds only below its patient is asked for there. */
  readonly patients?: readonly RecordRef[];
  /** By which client records are written where it can do that without loss; `rest` if not given, which does what the others cannot. */
  readonly client?: Client;
}

/** Who has an identifier that another record is to get, and of which type it is. */
export interface IdentifierHolder {
  readonly holder: RecordRef;
  readonly identifierType: Uuid;
}

/** A number of a patient, and of which type it is; an empty type is any. */
export interface PatientIdentifier {
  readonly type: Uuid | '';
  readonly identifier: string;
}

/** What a piece of metadata or a place is known by besides its uuid. */
export interface KnownBy {
  readonly names: readonly string[];
  /** In dictionaries, by the name of the source, of what says the same. */
  readonly codes: readonly { readonly source: string; readonly code: string }[];
  readonly identifier: string | null;
}

/** What a site has that is known by the same as something of another site, and by which of it. */
export interface Lookalike {
  readonly uuid: Uuid;
  readonly by: 'name' | 'code' | 'identifier';
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
  /**
   * Has somebody other than our account saved something of the record since then, by the site's own clock, or voided one of these obs (by the uuids known
   * everywhere), which we made there? False where the site does not tell who did. For when a read-back lacks what was written. A request or two, and one for each obs.
   */
  touchedByOthers(record: RecordRef, beside: { readonly since: Date; readonly obs: readonly Uuid[] }, options: CallOptions): Promise<boolean>;
  /** Does the site have what `reference` points at, under exactly that uuid, and neither purged nor voided (retired will do)? Cached per generation for metadata. */
  has(reference: Pick<Reference, 'resource' | 'uuid'>, options: CallOptions): Promise<boolean>;
  /** All of one kind of metadata that the site has, those out of use included where the server lists them; `null` where it knows no such kind. */
  metadataOf(kind: Metadata, options: CallOptions): Promise<readonly CanonicalRecord[] | null>;
  /** What a place, concept, reference term, drug or provider is known by besides its uuid, for a search at another site; `null` where the site has none of that uuid, and of other kinds. */
  knownBy(record: RecordRef, options: CallOptions): Promise<KnownBy | null>;
  /** The one of that kind here that is known by the same and not known everywhere by another uuid; `null` where there is none, or more than one. A request for each thing that it is known by, at most. */
  findLookalike(kind: RecordRef['aggregate'], known: KnownBy, options: CallOptions): Promise<Lookalike | null>;
  /** Live records at the site that a void of this one would take with it, as `resource/uuid`. */
  dependants(record: RecordRef, options: CallOptions): Promise<readonly string[]>;
  /** Live records of these categories that hang on the patient there: the history that no new entry of the feed tells of. */
  historyOf(patient: Uuid, categories: readonly RecordCategory[], options: CallOptions): Promise<readonly RecordRef[]>;
  /** What records of that category tie the patient to there, voided ones left out; `null` where the site does not tell it of each of them. */
  tiesOf(patient: Uuid, category: TyingCategory, options: CallOptions): Promise<readonly ToldTie[] | null>;
  /** The setting of that name, under the uuid known everywhere; `null` where the site has none. */
  settingOf(property: string, options: CallOptions): Promise<RecordRef | null>;
  /** The patients who are in that cohort there now; `null` where the site has none of that uuid that is in use, or does not tell it of each of them. */
  membersOf(cohort: Uuid, options: CallOptions): Promise<readonly Uuid[] | null>;
  /**
   * For a site that would not take our uuid: looks for a record of the same content under another uuid and, if it finds
   * exactly one, remembers it as this record's alias and returns its uuid there. What a site keeps by name is looked for by
   * its name at every site.
   */
  findTwin(incoming: CanonicalRecord, options: CallOptions, isItsOwn: (uuid: Uuid) => Promise<boolean>): Promise<Uuid | null>;
  /** The patient at the site, another than the record itself, who has an identifier that these writes would add; `null` where nobody has. */
  identifierHolder(held: CanonicalRecord, writes: Writes, options: CallOptions): Promise<IdentifierHolder | null>;
  /** All patients at the site who have that identifier, voided ones left out. */
  patientsWith(identifier: PatientIdentifier, options: CallOptions): Promise<readonly RecordRef[]>;
  /**
   * Creates or changes the record so that it holds `writes`, by the fewest partial requests, then reads it back and returns
   * what stands there. `held` is what was read just before; `incoming` is the source's version, for uuids of new items.
   */
  write(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes, options: CallOptions): Promise<CanonicalRecord>;
}
