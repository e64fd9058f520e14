import { type CanonicalRecord, metadataNamed, type Reference, type TyingCategory, takesReferences, tieOf } from '@sync-hub/categories';
import { type Aggregate, type Metadata, type RecordRef, RefusedError, recordKey, recordNamed, type SiteId, type ToldTie, type Uuid } from '@sync-hub/contracts';
import { type Fields, fieldName, type Scalar } from '@sync-hub/merge';
import type {
  CallOptions,
  EventReading,
  EventsToRead,
  IdentifierHolder,
  PatientIdentifier,
  SiteClient,
  SiteFacts,
  Whereabouts,
  Writes,
} from '@sync-hub/openmrs';
import type { ProbeAnswer } from '../circuit.js';
import { SiteClients } from '../site-clients.js';
import { absent, changed, knownByName, lookalikeIn, MODERN_SITE } from './memory-record.js';

/** What a test may do to the next write at a site. */
export type WriteFault = 'answer-lost' | 'lands-late' | 'dropped';

/** Resources that are records which a site has or has not; it has all metadata, unless it `lacks` it and none has landed. */
const AGGREGATE_OF: Readonly<Record<string, Aggregate>> = {
  location: 'location',
  person: 'person',
  patient: 'person',
  visit: 'visit',
  encounter: 'encounter',
  obs: 'obs',
};

/** A site in memory, for tests of stages: holds canonical records as they are, and every write is seen. */
export class MemorySite implements SiteClient {
  readonly cohorts = new Map<Uuid, readonly Uuid[]>();
  readonly records = new Map<string, CanonicalRecord>();
  readonly writes: { readonly record: RecordRef; readonly fields: readonly string[]; readonly presence: string | null }[] = [];
  /** Ours by the key of what the site calls it, where it would not take our uuid. */
  readonly aliases = new Map<string, RecordRef>();
  /** What `has` denies, as `resource/uuid`. */
  readonly lacks = new Set<string>();
  /** Privileges that our account has not got there, as the site says of it. */
  readonly withheld = new Set<string>();
  /** What it says of itself when asked. */
  capabilities = MODERN_SITE;
  /** Records that a person saved last, by their keys; ours go from it with our next write. */
  private readonly savedByOthers = new Set<string>();
  /** What `voidObsOf` was asked for, as `aggregate/uuid obs`. */
  readonly obsVoided: string[] = [];
  reads = 0;
  beforeRead: () => Promise<void> = async () => undefined;
  beforeWrite: () => Promise<void> = async () => undefined;
  afterWrite: () => Promise<void> = async () => undefined;
  dependantsOf: readonly string[] = [];
  /** Whether a voided record is told with what it holds, as a retired location is. */
  tellsVoided = false;

  constructor(readonly site: SiteId) {}

  /** Does this the next time that the moment comes, and never again. */
  once(moment: 'beforeRead' | 'beforeWrite' | 'afterWrite', act: () => Promise<void>): void {
    this[moment] = async () => {
      this[moment] = async () => undefined;
      await act();
    };
  }

  /** Changes the record as a person at the site would; `undefined` takes an item away. `references` are all that it refers to from then on. */
  edit(
    record: RecordRef,
    fields: Readonly<Record<string, Scalar | undefined>>,
    presence: CanonicalRecord['presence'] = 'present',
    references?: readonly Reference[],
  ): void {
    const before = this.records.get(recordKey(record)) ?? absent(record);
    const after = references === undefined ? before : { ...before, references };
    this.records.set(recordKey(record), changed(after, new Map(Object.entries(fields)), presence));
    this.savedByOthers.add(recordKey(record));
  }

  async touchedByOthers(record: RecordRef): Promise<boolean> {
    return this.savedByOthers.has(recordKey(record));
  }

  fieldsOf(record: RecordRef): Fields {
    return this.records.get(recordKey(record))?.fields ?? {};
  }

  async read(record: RecordRef, options: CallOptions): Promise<CanonicalRecord> {
    options.beforeRequest?.();
    this.reads += 1;
    await this.beforeRead();
    options.heard?.({ isWrite: false, path: `/${recordKey(record)}`, date: new Date(), tookMs: 0 });
    const held = this.records.get(recordKey(record)) ?? absent(record);
    return held.presence === 'voided' && !this.tellsVoided ? { ...held, covers: [], fields: {} } : held;
  }

  async presenceOf(record: RecordRef, options: CallOptions): Promise<CanonicalRecord['presence']> {
    return (await this.read(record, options)).presence;
  }

  async recordOf(record: RecordRef): Promise<RecordRef> {
    return this.aliases.get(recordKey(record)) ?? record;
  }

  async whereabouts(): Promise<Whereabouts> {
    return { state: 'absent' };
  }

  async voidObsOf(record: RecordRef, obs: readonly string[]): Promise<void> {
    for (const uuid of obs) this.obsVoided.push(`${recordKey(record)} ${uuid}`);
  }

  async canonicalOf(record: RecordRef): Promise<RecordRef> {
    return record;
  }

  async has({ resource, uuid }: Pick<Reference, 'resource' | 'uuid'>): Promise<boolean> {
    const isThere = (kind: Aggregate): boolean => takesReferences(kind, this.records.get(recordKey({ aggregate: kind, uuid }))?.presence ?? 'absent');
    const metadata = metadataNamed(resource);
    if (this.lacks.has(`${resource}/${uuid}`)) return metadata !== null && isThere(metadata);
    const aggregate = AGGREGATE_OF[resource];
    return aggregate === undefined || isThere(aggregate);
  }

  /** What the record refers to, in what it holds, that the site does not have, as `resource/uuid`. */
  async dangling(record: RecordRef): Promise<readonly string[]> {
    const { references, fields } = this.records.get(recordKey(record)) ?? absent(record);
    const used = references.filter(({ path }) => (fields[path] ?? null) !== null);
    const there = await Promise.all(used.map((reference) => this.has(reference)));
    return used.filter((_, index) => there[index] !== true).map(({ resource, uuid }) => `${resource}/${uuid}`);
  }

  async metadataOf(kind: Metadata): Promise<readonly CanonicalRecord[]> {
    return [...this.records.values()].filter(({ record, presence }) => record.aggregate === kind && presence !== 'absent');
  }

  knownBy: SiteClient['knownBy'] = async (record) => knownByName(this.fieldsOf(record));
  findLookalike: SiteClient['findLookalike'] = async (kind, { names }) => lookalikeIn([...this.records.values()], kind, names);

  async dependants(): Promise<readonly string[]> {
    return this.dependantsOf;
  }

  async historyOf(_patient: Uuid): Promise<readonly RecordRef[]> {
    return this.dependantsOf.flatMap((named) => recordNamed(named) ?? []);
  }

  async tiesOf(patient: Uuid, category: TyingCategory): Promise<readonly ToldTie[] | null> {
    const told = [...this.records.values()].filter((one) => one.category === category).map(tieOf);
    return told.includes('unknown') ? null : told.flatMap((tie) => (typeof tie === 'object' && tie.patient === patient ? [tie] : []));
  }

  async settingOf(property: string): Promise<RecordRef | null> {
    return [...this.records.values()].find(({ record, fields }) => record.aggregate === 'systemsetting' && fields['property'] === property)?.record ?? null;
  }

  async membersOf(cohort: Uuid): Promise<readonly Uuid[] | null> {
    return this.cohorts.get(cohort) ?? null;
  }

  async identifierHolder(held: CanonicalRecord, { fields }: Writes): Promise<IdentifierHolder | null> {
    const added = [...fields.keys()].filter((path) => path.startsWith('identifiers[') && !(path in held.fields));
    for (const { record, presence, fields: theirs } of this.records.values()) {
      const path = presence === 'present' && record.uuid !== held.record.uuid ? added.find((one) => one in theirs) : undefined;
      if (path !== undefined) return { holder: record, identifierType: path.slice('identifiers['.length, path.indexOf('|')) };
    }
    return null;
  }

  async patientsWith({ type, identifier }: PatientIdentifier): Promise<readonly RecordRef[]> {
    const has = (fields: Fields): boolean => Object.keys(fields).some((path) => path === `identifiers[${type}|${identifier}]`);
    return [...this.records.values()].flatMap(({ record, presence, fields }) => (presence === 'present' && has(fields) ? [record] : []));
  }

  async findTwin(): Promise<null> {
    return null;
  }

  async write(held: CanonicalRecord, incoming: CanonicalRecord, { presence, fields }: Writes, options: CallOptions): Promise<CanonicalRecord> {
    options.beforeRequest?.();
    const rival = await this.identifierHolder(held, { fields });
    if (rival !== null) {
      const details = { site: this.site, record: recordKey(held.record), holder: recordKey(rival.holder), identifierType: rival.identifierType };
      throw new RefusedError('identifier-in-use', `${this.site} gives an identifier to another patient`, details);
    }
    await this.beforeWrite();
    this.writes.push({ record: held.record, fields: [...new Set([...fields.keys()].map(fieldName))].sort(), presence: presence ?? null });
    const before = this.records.get(recordKey(held.record)) ?? { ...absent(held.record), covers: incoming.covers };
    const references = [...before.references.filter(({ path }) => !fields.has(path)), ...incoming.references.filter(({ path }) => fields.has(path))];
    this.records.set(
      recordKey(held.record),
      changed({ ...before, references }, fields, presence ?? (before.presence === 'absent' ? 'present' : before.presence)),
    );
    this.savedByOthers.delete(recordKey(held.record));
    await this.afterWrite();
    return this.read(held.record, options);
  }
}

/** Sites in memory by id; made when first asked for. */
export class MemorySites extends SiteClients {
  private readonly sites = new Map<SiteId, MemorySite>();
  longestRequest = 200;

  site(id: SiteId): MemorySite {
    const site = this.sites.get(id) ?? new MemorySite(id);
    this.sites.set(id, site);
    return site;
  }

  protected async clientOf(site: SiteId): Promise<SiteClient> {
    return this.site(site);
  }

  longestRequestMs(): number {
    return this.longestRequest;
  }

  async ping(): Promise<ProbeAnswer> {
    return { state: 'up', code: null };
  }

  async lacks(site: SiteId, privilege: string): Promise<boolean> {
    return this.site(site).withheld.has(privilege);
  }

  async readEvents(_site: SiteId, _toRead: EventsToRead): Promise<EventReading> {
    throw new Error('a site in memory has no feed: tests open changes themselves');
  }

  async learn(site: SiteId): Promise<SiteFacts> {
    return this.site(site).capabilities;
  }

  forget(): void {
    return undefined;
  }

  async readEngineClaim(): Promise<null> {
    return null;
  }

  async writeEngineClaim(): Promise<void> {
    return undefined;
  }

  async close(): Promise<void> {
    return undefined;
  }
}
