import type { Configuration } from '@sync-hub/configuration';
import type { SiteId } from '@sync-hub/contracts';
import {
  AliasRepository,
  ConflictAnswerRepository,
  ConflictOverviewRepository,
  type Database,
  DecisionRepository,
  JobRepository,
  SnapshotRepository,
  type Vault,
} from '@sync-hub/persistence';
import { HubConflictDesk } from './hub-conflict-desk.js';
import { patientPages } from './patient-pages.js';

/** A desk without a hub, for the command line and the console: what is said there lies in the outbox, and the running hub's sweep sends it within seconds. */
export function deskOn(database: Database, vault: Vault, current: Pick<Configuration, 'sites'>): HubConflictDesk {
  const siteOf = (id: SiteId) => current.sites.find((site) => site.id === id);
  const aliases = new AliasRepository(database);
  return new HubConflictDesk({
    database,
    overview: new ConflictOverviewRepository(database, vault),
    answers: new ConflictAnswerRepository(vault, new JobRepository(database)),
    decisions: new DecisionRepository(database, vault),
    snapshots: new SnapshotRepository(database, vault),
    send: async () => undefined,
    titleOf: (id) => siteOf(id)?.title ?? id,
    patientPage: patientPages(siteOf, (site, patient) => aliases.bookOf(site).toLocal(patient)),
  });
}
