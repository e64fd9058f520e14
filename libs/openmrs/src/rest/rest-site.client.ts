import { CATEGORIES, type CanonicalRecord, type RecordCategory, type Reference, type TyingCategory, type Writes } from '@sync-hub/categories';
import { type Metadata, type RecordRef, RefusedError, recordKey, type ToldTie, type Uuid } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';
import { isFhirAlone } from '../fhir/fhir-records.js';
import type { CallOptions, IdentifierHolder, KnownBy, Lookalike, PatientIdentifier, SiteClient, Whereabouts } from '../site-client.js';
import { dependantsOf } from './dependants.js';
import { findAlike } from './find-alike.js';
import { findByContent } from './find-by-content.js';
import { findNamesake } from './find-namesake.js';
import { findTwin } from './find-twin.js';
import { hangingOn } from './hanging-on.js';
import { hasReference, isRecordResource } from './has-reference.js';
import { identifierHolder, patientsWith } from './identifier-in-use.js';
import { findLookalike, knownBy } from './known-by.js';
import { listMetadata } from './list-metadata.js';
import { membersOf } from './members-of.js';
import { findObs, ObsSeen, whereaboutsOf } from './obs-whereabouts.js';
import { hasOwnRest } from './own-rest.js';
import { readPresence } from './read-presence.js';
import { type RestSite, readRecord } from './read-record.js';
import { voidObsOf } from './settle-obs.js';
import { tiesOf } from './ties-of.js';
import { type Beside, touchedByOthers } from './touched-by-others.js';
import { writeRecord } from './write-record.js';

/** Metadata seldom goes; what was there is asked for again after this long. */
const KNOWN_FOR_MS = 10 * 60_000;

/** How a record is looked for that may be there under another uuid. */
function searchFor({ category }: CanonicalRecord): typeof findTwin {
  const spec = CATEGORIES[category];
  const { nameIsKey, oneOfEach } = spec;
  if (isFhirAlone(spec) || hasOwnRest(spec)) return (site, incoming, options) => findByContent(site, incoming, spec, options);
  if (nameIsKey !== undefined) return findNamesake;
  return oneOfEach === undefined ? findTwin : findAlike;
}

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

  touchedByOthers(record: RecordRef, beside: Beside, options: CallOptions): Promise<boolean> {
    return touchedByOthers(this.site, record, beside, options);
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

  metadataOf(kind: Metadata, options: CallOptions): Promise<readonly CanonicalRecord[] | null> {
    return listMetadata(this.site, kind, options);
  }

  knownBy(record: RecordRef, options: CallOptions): Promise<KnownBy | null> {
    return knownBy(this.site, record, options);
  }

  findLookalike(kind: RecordRef['aggregate'], known: KnownBy, options: CallOptions): Promise<Lookalike | null> {
    return findLookalike(this.site, kind, known, options);
  }

  dependants(record: RecordRef, options: CallOptions): Promise<readonly string[]> {
    return dependantsOf(this.site, record, options);
  }

  historyOf(patient: Uuid, categories: readonly RecordCategory[], options: CallOptions): Promise<readonly RecordRef[]> {
    return hangingOn(this.site, patient, categories, options);
  }

  tiesOf(patient: Uuid, category: TyingCategory, options: CallOptions): Promise<readonly ToldTie[] | null> {
    return tiesOf(this.site, patient, category, options);
  }

  async settingOf(property: string, options: CallOptions): Promise<RecordRef | null> {
    const body = await this.site.rest.get(`systemsetting/${encodeURIComponent(property)}?v=custom:(uuid,property)`, { what: 'system setting' }, options);
    return body?.['property'] === property ? this.canonicalOf({ aggregate: 'systemsetting', uuid: String(body['uuid']) }) : null;
  }

  membersOf(cohort: Uuid, options: CallOptions): Promise<readonly Uuid[] | null> {
    return membersOf(this.site, cohort, new Date(this.now()), options);
  }

  findTwin(incoming: CanonicalRecord, options: CallOptions, isItsOwn: (uuid: Uuid) => Promise<boolean>): Promise<Uuid | null> {
    return searchFor(incoming)({ ...this.site, isItsOwn }, incoming, options);
  }

  identifierHolder(held: CanonicalRecord, writes: Writes, options: CallOptions): Promise<IdentifierHolder | null> {
    return identifierHolder(this.site, held, writes, options);
  }

  patientsWith(identifier: PatientIdentifier, options: CallOptions): Promise<readonly RecordRef[]> {
    return patientsWith(this.site, identifier, options);
  }

  async write(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes, options: CallOptions): Promise<CanonicalRecord> {
    await this.refuseToMakeMapped(held);
    return this.noting(await writeRecord(this.site, { held, incoming, writes }, options));
  }

  /** A mapping says that the site has it: where it does not, the mapping is wrong, and another of it would be one too many. */
  private async refuseToMakeMapped({ record, presence }: CanonicalRecord): Promise<void> {
    if (presence !== 'absent' || !(await this.site.aliases.isMapped(record))) return;
    const site = this.site.rest.site;
    throw new RefusedError('mapped-to-nothing', `${site} has no ${record.aggregate} under the uuid that the mappings of its link name`, {
      site,
      record: recordKey(record),
    });
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
