import { Accounts, type UserSpec } from './accounts.js';
import type { MetadataPart } from './administrator.js';
import { Clinician } from './clinician.js';
import type { Kind, Tables, Values } from './database.js';
import { Engine, type Write } from './engine.js';
import { Faults } from './faults.js';
import type { Publishable } from './feed-entries.js';
import { serveFeed } from './feed-http.js';
import type { FeedRow, FeedTables } from './feed-tables.js';
import { validated } from './feed-validators.js';
import { Fhir2Server } from './fhir/fhir-http.js';
import { Stu3Server } from './fhir/stu3-http.js';
import { Hand } from './hand.js';
import { type Answer, htmlAnswer, type Incoming } from './http.js';
import { privilegeNames } from './privilege-names.js';
import type { Profile } from './profile.js';
import { profileOf } from './profile-of.js';
import { Random } from './random.js';
import { type ResourceName, resourceOf } from './resource.js';
import { serveRest } from './rest-http.js';
import type { Metadata, SampleData } from './sample.js';
import { seedMetadata } from './seeding.js';
import { HttpServer, type LoggedRequest } from './server.js';
import type { SimulatorOptions } from './simulator-options.js';
import { type RowState, rowState, type SimulatorState, stateOf } from './state.js';
import { stopOpenVisits } from './visits.js';

/** A whole database at one moment, feed tables included. */
export interface Backup {
  readonly tables: Tables;
  readonly feed: ReturnType<FeedTables['backup']>;
}

const ADMIN: UserSpec = { username: 'admin', password: 'Admin123' };
const CLINICIAN: UserSpec = { username: 'clinician', password: 'Clinician123' };
/** Who runs scheduled tasks; nobody logs in as it. */
const DAEMON: UserSpec = { username: 'daemon', password: '', uuid: 'A4F30A1B-5EB9-11DF-A648-37A07F9C90FB', privileges: [] };

/** One OpenMRS in this process: what a client sees over HTTP, and the hands that change and break it. */
export class Simulator {
  readonly id: string;
  readonly profile: Profile;
  readonly clinician: Clinician;
  readonly faults: Faults;
  readonly accounts: Accounts;
  readonly #engine: Engine;
  readonly #http: HttpServer;
  readonly #daemon: Hand;
  readonly #fhir2: Fhir2Server | null;
  readonly #stu3: Stu3Server | null;
  /** A proxy in front of the feed answers with validators and honours them; the modules themselves do neither. */
  feedProxy: 'etag' | 'last-modified' | null = null;
  #publisher: NodeJS.Timeout | null = null;

  constructor(options: SimulatorOptions) {
    const random = new Random(options.seed ?? options.id);
    this.id = options.id;
    this.profile = profileOf(options);
    this.faults = new Faults(new Random(`${options.seed ?? options.id}/faults`));
    const clock = (): number => (options.clock?.() ?? new Date()).getTime() + this.faults.clockSkewMs;
    const users = [...(options.users ?? [ADMIN]), CLINICIAN, DAEMON];
    this.accounts = new Accounts(users, new Random(`${options.seed ?? options.id}/accounts`), clock, privilegeNames(this.profile));
    this.#engine = new Engine({
      profile: this.profile,
      zone: options.timeZone ?? 'UTC',
      random,
      clock,
      accounts: this.accounts,
      flavour: options.flavour ?? 'generic',
      alsoPublishes: options.alsoPublishes ?? [],
    });
    const { r4, stu3 } = this.profile.fhir;
    this.#stu3 = stu3 === null ? null : new Stu3Server(this.#engine, this.accounts, stu3, options.fhir || {});
    this.#fhir2 = r4 === null ? null : new Fhir2Server(this.#engine, this.accounts, r4, options.fhir || {});
    this.#daemon = new Hand(this.#engine, { uuid: DAEMON.uuid ?? '', by: 'task', may: () => true });
    this.clinician = new Clinician(new Hand(this.#engine, { uuid: this.accounts.find('clinician')?.uuid ?? '', by: 'clinician', may: () => true }));
    this.#http = new HttpServer(this.faults, (request) => this.#answer(request), clock, options);
    this.#startPublisher(options.publisher ?? 'at-once');
  }

  #startPublisher(publisher: NonNullable<SimulatorOptions['publisher']>): void {
    if (publisher === 'at-once') return;
    this.#engine.publishAtOnce = false;
    if (publisher === 'by-hand') return;
    this.#publisher = setInterval(() => void (this.feed.paused || this.feed.publish()), publisher.everyMs).unref();
  }

  #answer(request: Incoming): Answer {
    if (request.path.startsWith('/openmrs/ws/rest/v1/')) return serveRest(this.#engine, this.accounts, request);
    if (request.path.startsWith('/openmrs/ws/atomfeed/'))
      return validated(this.feedProxy, request, serveFeed(this.#engine, this.accounts, request), this.#lastFeedChange());
    if (this.#fhir2 !== null && request.path.startsWith('/openmrs/ws/fhir2/')) return this.#fhir2.answer(request);
    if (this.#stu3 !== null && request.path.startsWith('/openmrs/ws/fhir/')) return this.#stu3.answer(request);
    return htmlAnswer(404, 'Not Found');
  }

  #lastFeedChange(): number {
    return Math.max(0, ...this.feed.rows().map(({ timestamp }) => timestamp));
  }

  /** `http://127.0.0.1:PORT/openmrs`, also while it is down. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.#http.port}/openmrs`;
  }

  up(): Promise<void> {
    return this.#http.up();
  }

  down(): Promise<void> {
    return this.#http.down();
  }

  async stop(): Promise<void> {
    if (this.#publisher) clearInterval(this.#publisher);
    await this.#http.down();
  }

  /** The feed's tables: rows, outbox, chunking history, publisher. */
  get feed(): FeedTables {
    return this.#engine.feed;
  }

  pausePublisher(): void {
    this.feed.paused = true;
  }

  /** Goes on publishing; what has gathered comes at once. */
  resumePublisher(): void {
    this.feed.paused = false;
    this.feed.publish();
  }

  /** The next n rows to be published never appear. */
  loseFeedRows(n: number): void {
    this.feed.expect('lost', n);
  }

  /** The next row is withheld, keeps its id, and appears below later ones when the returned function is called. */
  lateFeedRow(): () => void {
    this.feed.expect('late', 1);
    return () => this.feed.releaseLate();
  }

  /** The next row is published twice, as by two publishers. */
  duplicateFeedRow(): void {
    this.feed.expect('twice', 1);
  }

  feedRows(category?: string): readonly FeedRow[] {
    return this.feed.rows(category);
  }

  /** Metadata that was there before the feed module was: no entries. The same uuids at every site. */
  seedMetadata(metadata: Metadata): void {
    seedMetadata(this.#engine, metadata);
  }

  /** Data entered by the clinician, record by record; `quietly` leaves nothing in the feed, as before the module was installed. */
  load(data: SampleData, { quietly = false } = {}): void {
    for (const location of data.locations) this.clinician.addLocation(location);
    for (const patient of data.patients) this.clinician.addPatient(patient);
    if (!quietly) return;
    this.feed.publish();
    this.feed.delete(() => true);
  }

  /** What the nightly task does: stops open visits of the types that the setting `visits.autoCloseVisitType` names. */
  stopVisits(): void {
    this.#daemon.act(stopOpenVisits);
  }

  /** Rows that hang on patients (`encounter`, `visit`), or of any other kind, put in without rules or entries. */
  seedRow(kind: Kind, uuid: string, values: Values): void {
    this.#engine.seed((tx) => tx.insert(kind, uuid, null, { voided: false, dateCreated: this.#engine.now(), ...values }));
  }

  state(): SimulatorState {
    return stateOf(this.#engine);
  }

  /** Types, roles or tags, retired ones included. */
  metadata(kind: Publishable): readonly RowState[] {
    return this.#engine.database.all(kind).map(rowState);
  }

  /** What a piece of metadata has of its own, voided ones included. */
  metadataParts(kind: MetadataPart, owner: string): readonly RowState[] {
    return this.#engine.database.ownedBy(owner, kind).map(rowState);
  }

  /** How many records of a resource there are, voided and retired ones included. */
  count(name: ResourceName): number {
    const line = resourceOf(this.#engine, name);
    return this.#engine.database.all(line.kind).filter((row) => line.finds?.(row, this.#engine) ?? true).length;
  }

  /** Requests since the last reset, in order. */
  get requests(): readonly LoggedRequest[] {
    return this.#http.requests;
  }

  resetRequests(): void {
    this.#http.requests.length = 0;
  }

  /** Accepted writes, by whom, in order. */
  writes(by?: Write['by']): readonly Write[] {
    return this.#engine.writes.filter((write) => by === undefined || write.by === by);
  }

  backup(): Backup {
    return { tables: this.#engine.database.backup(), feed: this.feed.backup() };
  }

  /** The whole database goes back to how it was, its feed too; sessions are lost. */
  restore(backup: Backup): void {
    this.#engine.database.restore(backup.tables);
    this.feed.restore(backup.feed);
    this.#fhir2?.forgetSearches();
    this.accounts.expireSessions();
  }

  revoke(privilege: string): void {
    this.accounts.revoke(privilege);
  }

  grant(privilege: string): void {
    this.accounts.grant(privilege);
  }

  lockAccount(username = 'admin'): void {
    this.accounts.lock(username);
  }

  expireSessions(): void {
    this.accounts.expireSessions();
  }
}

/** Starts one OpenMRS on a free port of 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const simulator = new Simulator(options);
  await simulator.up();
  return simulator;
}
