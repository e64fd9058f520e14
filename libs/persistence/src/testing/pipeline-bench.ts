import { randomBytes, randomUUID } from 'node:crypto';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { RecordRef, Route, SiteId } from '@sync-hub/contracts';
import { type Database, openDatabase } from '../database.js';
import { AgreementRepository } from '../repositories/agreement.repository.js';
import { ChangeRepository } from '../repositories/change.repository.js';
import { ConflictRepository } from '../repositories/conflict.repository.js';
import { IntentRepository } from '../repositories/intent.repository.js';
import { JobRepository } from '../repositories/job.repository.js';
import { PipelineStore } from '../repositories/pipeline.store.js';
import { SiteRepository } from '../repositories/site.repository.js';
import { SnapshotRepository } from '../repositories/snapshot.repository.js';
import { WaiterRepository } from '../repositories/waiter.repository.js';
import { Vault } from '../vault.js';
import { testDatabase } from './database.js';

/** The repositories over a database of their own, with sites that are up, and verbs that build what a test does not care about. */
export async function pipelineBench(sites: readonly SiteId[] = ['central', 'kisumu', 'siaya']) {
  const { url, drop } = await testDatabase();
  const database = await openDatabase(url, 6);
  const vault = new Vault([{ id: 'test', bytes: randomBytes(32) }]);
  const repositories = repositoriesOn(database, vault);
  await database.transaction(async (tx) => {
    await repositories.sites.join(tx, sites);
    for (const site of sites) await repositories.sites.probed(tx, site, { state: 'up', reason: null, nextProbeSeconds: 3600 });
  });
  return {
    database,
    vault,
    url,
    ...repositories,
    /** A location as it stood at a site. */
    location: (fields: CanonicalRecord['fields'], record: RecordRef = aRecord()): CanonicalRecord => aLocation(record, fields),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

export type PipelineBench = Awaited<ReturnType<typeof pipelineBench>>;

export const aRecord = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

export const aRoute = (overrides: Partial<Route> = {}): Route => ({ link: 'kisumu', direction: 'pull', source: 'central', target: 'kisumu', ...overrides });

/** All repositories on one database. */
export function repositoriesOn(database: Database, vault: Vault) {
  const changes = new ChangeRepository(database);
  const jobs = new JobRepository(database);
  const conflicts = new ConflictRepository(database, vault);
  return {
    changes,
    jobs,
    conflicts,
    store: new PipelineStore(database, changes, jobs, conflicts),
    sites: new SiteRepository(database),
    snapshots: new SnapshotRepository(database, vault),
    agreements: new AgreementRepository(database, vault),
    intents: new IntentRepository(database, vault),
    waiters: new WaiterRepository(database),
  };
}

function aLocation(record: RecordRef, fields: CanonicalRecord['fields']): CanonicalRecord {
  return {
    record,
    category: 'location',
    shape: 1,
    client: 'rest',
    presence: 'present',
    fields,
    covers: Object.keys(fields),
    stamp: randomUUID(),
    references: [],
    itemUuids: {},
    provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
  };
}
