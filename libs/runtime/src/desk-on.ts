import type { Configuration } from '@sync-hub/configuration';
import {
  ConflictAnswerRepository,
  ConflictOverviewRepository,
  type Database,
  DecisionRepository,
  JobRepository,
  SnapshotRepository,
  type Vault,
} from '@sync-hub/persistence';
import { HubConflictDesk } from './hub-conflict-desk.js';

/** A desk without a hub, for the command line and the console: what is said there lies in the outbox, and the running hub's sweep sends it within seconds. */
export const deskOn = (database: Database, vault: Vault, current: Pick<Configuration, 'sites'>): HubConflictDesk =>
  new HubConflictDesk({
    database,
    overview: new ConflictOverviewRepository(database, vault),
    answers: new ConflictAnswerRepository(vault, new JobRepository(database)),
    decisions: new DecisionRepository(database, vault),
    snapshots: new SnapshotRepository(database, vault),
    send: async () => undefined,
    titleOf: (id) => current.sites.find((site) => site.id === id)?.title ?? id,
  });
