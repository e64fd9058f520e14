import { CATEGORIES, type CanonicalRecord, type RecordCategory, type Reference, type Writes } from '@sync-hub/categories';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';
import type { CallOptions, IdentifierHolder, SiteClient, Whereabouts } from '../site-client.js';
import { dependantsOf } from './dependants.js';
import { findNamesake } from './find-namesake.js';
import { findTwin } from './find-twin.js';
import { hangingOn } from './hanging-on.js';
import { hasReference, isRecordResource } from './has-reference.js';
import { identifierHolder } from './identifier-in-use.js';
import { findObs, ObsSeen, whereaboutsOf } from './obs-whereabouts.js';
import { readPresence } from './read-presence.js';
import { type RestSite, readRecord } from './read-record.js';
import { voidObsOf } from './settle-obs.js';
import { writeRecord } from './write-record.js';

/** Metadata seldom goes; what was there is asked for again after this long. */
const KNOWN_FOR_MS = 10 * 60_000;

/** A site spoken to by webservices.rest. */
export class RestSiteClient implements SiteClient {
  private readonly knownSince = new Map<string, number>();
  private readonly obsSeen = new ObsSeen();

  constructor(
    private readonly site: RestSite,
    private readonly now: () => number = Date.now,
  ) {}

  async read(record: RecordRef, options: CallOptions): Promise<CanonicalRecord> {
    return this.noting(await readRecord(this.site, record, options));
  }

  async recordOf(record: RecordRef, options: CallOptions): Promise<RecordRef> {
    if (record.aggregate !== 'obs') return this.canonicalOf(record);
    const local = await this.site.aliases.toLocal(record);
    const found = this.obsSeen.recordOf(local) ?? (await findObs(this.site, local, options))?.record;
    return found ?? this.canonicalOf(record);
  }

  whereabouts(obs: Uuid, options: CallOptions): Promise<Whereabouts> {
    return whereaboutsOf(this.site, obs, options);
  }

  voidObsOf(record: RecordRef, obs: readonly Uuid[], options: CallOptions): Promise<void> {
    return voidObsOf(this.site, record, obs, options);
  }

  presenceOf(record: RecordRef, options: CallOptions): Promise<Presence> {
    return readPresence(this.site, record, options);
  }

  async canonicalOf({ aggregate, uuid }: RecordRef): Promise<RecordRef> {
    return { aggregate, uuid: await this.site.aliases.toCanonical(aggregate, uuid) };
  }

  async has(reference: Pick<Reference, 'resource' | 'uuid'>, options: CallOptions): Promise<boolean> {
    const isRecord = isRecordResource(reference.resource);
    const key = `${reference.resource}/${reference.uuid}`;
    if (!isRecord && this.now() - (this.knownSince.get(key) ?? -Infinity) < KNOWN_FOR_MS) return true;
    const there = await hasReference(this.site, reference, options);
    if (there && !isRecord) this.knownSince.set(key, this.now());
    return there;
  }

  dependants(record: RecordRef, options: CallOptions): Promise<readonly string[]> {
    return dependantsOf(this.site, record, options);
  }

  historyOf(patient: Uuid, categories: readonly RecordCategory[], options: CallOptions): Promise<readonly RecordRef[]> {
    return hangingOn(this.site, patient, categories, options);
  }

  findTwin(incoming: CanonicalRecord, options: CallOptions, isItsOwn: (uuid: Uuid) => Promise<boolean>): Promise<Uuid | null> {
    const search = CATEGORIES[incoming.category].nameIsKey === true ? findNamesake : findTwin;
    return search({ ...this.site, isItsOwn }, incoming, options);
  }

  identifierHolder(held: CanonicalRecord, writes: Writes, options: CallOptions): Promise<IdentifierHolder | null> {
    return identifierHolder(this.site, held, writes, options);
  }

  async write(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes, options: CallOptions): Promise<CanonicalRecord> {
    return this.noting(await writeRecord(this.site, { held, incoming, writes }, options));
  }

  /** Remembers where obs were seen. */
  private noting(record: CanonicalRecord): CanonicalRecord {
    this.obsSeen.in(
      record.record,
      Object.entries(record.itemUuids).flatMap(([path, local]) => (path.startsWith('obs') ? [local] : [])),
    );
    return record;
  }

  /** Forgets what metadata the site has: another generation of it may lack some. */
  forget(): void {
    this.knownSince.clear();
    this.obsSeen.forget();
  }
}
