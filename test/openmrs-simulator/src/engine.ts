import type { Accounts } from './accounts.js';
import { allergiesTable } from './allergies.js';
import { attributeTypesTable } from './attribute-types.js';
import { careTypesTable } from './care-types.js';
import { cohortsTable } from './cohorts.js';
import { conceptsTable } from './concepts.js';
import { conditionsTable } from './conditions.js';
import { type Change, Database, type Kind, type Row, sameValues, Transaction } from './database.js';
import { diagnosesTable } from './diagnoses.js';
import { dictionaryTable } from './dictionary.js';
import { drugsTable } from './drugs.js';
import { encountersTable } from './encounters.js';
import { enrollmentsTable } from './enrollments.js';
import { entriesOf, type Published } from './feed-entries.js';
import { bahmniEntriesOf } from './feed-entries-bahmni.js';
import type { FeedFlavour } from './feed-flavour.js';
import { FeedTables } from './feed-tables.js';
import { formsTable } from './forms.js';
import { medicationDispensesTable } from './medication-dispenses.js';
import { metadataTable } from './metadata.js';
import { obsTable } from './obs.js';
import { orderMetadataTable } from './order-metadata.js';
import { ordersTable } from './orders.js';
import { peopleTable } from './people.js';
import { placesTable } from './places.js';
import type { Profile } from './profile.js';
import { programsTable } from './programs.js';
import { providersTable } from './providers.js';
import type { Random } from './random.js';
import { relationshipsTable } from './relationships.js';
import { type Resource, type ResourceName, resourcesOf, type Site } from './resource.js';
import { rightsTable } from './rights.js';
import { visitsTable } from './visits.js';
import { Writer } from './writer.js';

const TABLE = [
  ...peopleTable,
  ...placesTable,
  ...metadataTable,
  ...attributeTypesTable,
  ...dictionaryTable,
  ...orderMetadataTable,
  ...rightsTable,
  ...conceptsTable,
  ...careTypesTable,
  ...formsTable,
  ...drugsTable,
  ...providersTable,
  ...visitsTable,
  ...encountersTable,
  ...obsTable,
  ...relationshipsTable,
  ...programsTable,
  ...enrollmentsTable,
  ...conditionsTable,
  ...diagnosesTable,
  ...ordersTable,
  ...medicationDispensesTable,
  ...cohortsTable,
  ...allergiesTable,
];

/** Tables that keep neither who nor when. */
const UNDATED: ReadonlySet<string> = new Set(['systemsetting', 'privilege', 'role']);

/** Columns that are collections in tables of their own: a change of them alone stamps no row (`AuditableInterceptor.onFlushDirty`). */
const COLLECTIONS: Partial<Record<Kind, readonly string[]>> = {
  diagnosticreport: ['results', 'orders'],
  task: ['basedOn', 'partOf', 'input', 'output'],
};

function isCollectionAlone(before: Row, after: Row): boolean {
  const columns = COLLECTIONS[after.kind] ?? [];
  const moved = Object.fromEntries(columns.flatMap((column) => (column in after.values ? [[column, after.values[column] ?? null] as const] : [])));
  return columns.length > 0 && sameValues({ ...before, values: { ...before.values, ...moved } }, after);
}

/** An accepted write, whoever made it. */
export interface Write {
  readonly at: number;
  readonly by: 'client' | 'clinician' | 'task';
  /** `patient/uuid UPDATED`-like lines without content: what was touched. */
  readonly records: readonly string[];
}

export interface EngineOptions {
  readonly profile: Profile;
  readonly zone: string;
  readonly random: Random;
  readonly clock: () => number;
  readonly accounts: Accounts;
  readonly flavour?: FeedFlavour;
  readonly alsoPublishes?: readonly Published[];
}

/** The database of one OpenMRS, its rules, and the feed that follows from them. */
export class Engine implements Site {
  readonly database = new Database();
  readonly resources: ReadonlyMap<ResourceName, Resource>;
  readonly profile: Profile;
  readonly zone: string;
  readonly random: Random;
  readonly feed: FeedTables;
  readonly writes: Write[] = [];
  /** Published with the commit when true; else only by the publisher's tick. */
  publishAtOnce = true;

  constructor(private readonly options: EngineOptions) {
    this.profile = options.profile;
    this.zone = options.zone;
    this.random = options.random;
    this.resources = resourcesOf(TABLE, options.profile);
    this.feed = new FeedTables(
      () => this.now(),
      () => this.random.uuid(),
    );
  }

  get flavour(): FeedFlavour {
    return this.options.flavour ?? 'generic';
  }

  now(): number {
    return Math.floor(this.options.clock() / 1000) * 1000;
  }

  userName(uuid: string): string | null {
    return this.options.accounts.find(uuid)?.username ?? null;
  }

  userUuid(uuidOrName: string): string | null {
    return this.options.accounts.find(uuidOrName)?.uuid ?? null;
  }

  /** One transaction: all of `work` or nothing, then the audit columns and the entries of the feed. */
  write<T>(author: string, by: Write['by'], work: (writer: Writer) => T): T {
    const tx = new Transaction(this.database);
    try {
      const writer = new Writer(tx, this, author);
      const result = work(writer);
      writer.flush();
      for (const change of tx.changes()) this.#stamp(tx, change, author);
      this.#announce(tx.changes(), by);
      return result;
    } catch (error) {
      tx.rollBack();
      throw error;
    }
  }

  /** Rows that were there before the module was: no entries, no log. */
  seed(work: (tx: Transaction) => void): void {
    work(new Transaction(this.database));
  }

  #stamp(tx: Transaction, { before, after, touched }: Change, author: string): void {
    if (!after || touched || UNDATED.has(after.kind) || (before && (after.kind === 'obs' || isCollectionAlone(before, after)))) return;
    const now = this.now();
    const { values } = after;
    const made = before ? { changedBy: author, dateChanged: now } : { creator: values['creator'] ?? author, dateCreated: values['dateCreated'] ?? now };
    const asPatient = { patientCreator: values['patientCreator'] ?? author, patientDateCreated: values['patientDateCreated'] ?? now };
    tx.set(after, values['isPatient'] === true ? { ...made, ...asPatient } : made);
  }

  #announce(changes: readonly Change[], by: Write['by']): void {
    if (changes.length === 0) return;
    const isPatient = (person: string): boolean => this.database.find('person', person)?.values['isPatient'] === true;
    const entries = this.flavour === 'bahmni' ? bahmniEntriesOf(changes, isPatient) : entriesOf(changes, this.options.alsoPublishes);
    for (const entry of entries) this.feed.enqueue(entry);
    if (this.publishAtOnce && !this.feed.paused) this.feed.publish();
    const records = changes.flatMap(({ before, after }) => ((after ?? before) ? [`${(after ?? before)?.kind ?? ''}/${(after ?? before)?.uuid ?? ''}`] : []));
    this.writes.push({ at: this.now(), by, records });
  }
}
