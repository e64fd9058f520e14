import type { Configuration } from '@sync-hub/configuration';
import type { AuditFilter, HeldDesk, SiteId } from '@sync-hub/contracts';
import {
  AliasRepository,
  AuditSearchRepository,
  BrakeRepository,
  ChangeRepository,
  CompletenessRepository,
  ConfigurationVersionRepository,
  ConflictAnswerRepository,
  ConflictOverviewRepository,
  type Database,
  DecisionRepository,
  DepartureRepository,
  FeedMarkerRepository,
  FollowedRepository,
  HeldActRepository,
  HeldRepository,
  JobRepository,
  LinkActRepository,
  LinkOverviewRepository,
  ManualRunOverviewRepository,
  ManualRunRepository,
  OwnRepository,
  PatientActRepository,
  PatientErasureRepository,
  PatientStopRepository,
  PolicyRuleRepository,
  ReceivedWorkRepository,
  RecordTimelineRepository,
  RunningProcessRepository,
  SearchWordRepository,
  SightRepository,
  SnapshotRepository,
  type Vault,
  WidgetRepository,
} from '@sync-hub/persistence';
import { accountPartsOn, HubAccountDesk, HubSignInDesk } from './accounts/index.js';
import { AuditExports } from './audit/audit-exports.js';
import { type AuditDeskParts, HubAuditDesk } from './audit/hub-audit-desk.js';
import { saySearched } from './audit/say-searched.js';
import { type ConfigurationDeskParts, HubConfigurationDesk } from './configuring/index.js';
import { everyHeldDesk } from './far-held/index.js';
import { type HeldDryRun, HubHeldDesk, HubRecordDesk } from './held/index.js';
import { HubBulkDesk } from './hub-bulk-desk.js';
import { HubConflictDesk } from './hub-conflict-desk.js';
import { HubFeedDesk } from './hub-feed-desk.js';
import { HubLinkDesk } from './hub-link-desk.js';
import { HubManualRunDesk } from './hub-manual-run-desk.js';
import { HubPatientDesk, type PatientDeskParts } from './hub-patient-desk.js';
import { HubPolicyRuleDesk } from './hub-policy-rule-desk.js';
import { HubOwnDesk, HubWidgetDesk } from './own/index.js';
import { patientPages } from './patient-pages.js';
import { TIMES } from './times.js';

/** What is said lies in the outbox, and the running hub's sweep sends it within seconds. */
const inTheOutbox = async (): Promise<void> => undefined;

/** A desk without a hub, for the command line and the console. */
export function deskOn(database: Database, vault: Vault, current: Pick<Configuration, 'sites'>): HubConflictDesk {
  const siteOf = (id: SiteId) => current.sites.find((site) => site.id === id);
  const aliases = new AliasRepository(database);
  return new HubConflictDesk({
    database,
    overview: new ConflictOverviewRepository(database, vault),
    answers: new ConflictAnswerRepository(vault, new JobRepository(database)),
    decisions: new DecisionRepository(database, vault),
    snapshots: new SnapshotRepository(database, vault),
    send: inTheOutbox,
    titleOf: (id) => siteOf(id)?.title ?? id,
    patientPage: patientPages(siteOf, (site, patient) => aliases.bookOf(site).toLocal(patient)),
  });
}

/** The same for rules; by the configuration as it is each time. */
export const ruleDeskOn = (database: Database, configuration: () => Configuration): HubPolicyRuleDesk =>
  new HubPolicyRuleDesk({ database, rules: new PolicyRuleRepository(database), configuration, send: inTheOutbox });

/** The same for runs by hand. */
export const manualRunDeskOn = (database: Database, configuration: () => Configuration): HubManualRunDesk =>
  new HubManualRunDesk({
    database,
    runs: new ManualRunRepository(database),
    overview: new ManualRunOverviewRepository(database),
    configuration,
    send: inTheOutbox,
  });

/** The same for feeds. */
export const feedDeskOn = (database: Database, configuration: () => Configuration): HubFeedDesk =>
  new HubFeedDesk({ database, markers: new FeedMarkerRepository(database), configuration, send: inTheOutbox });

/** The same for links. */
export const linkDeskOn = (database: Database, vault: Vault, configuration: () => Configuration): HubLinkDesk =>
  new HubLinkDesk({ database, acts: new LinkActRepository(database, vault), brakes: new BrakeRepository(), configuration, send: inTheOutbox });

/** The desk at which people stop one patient, and let her go on, or have her followed; `send` where there is a bus. */
export const patientDeskOn = (
  database: Database,
  vault: Vault,
  configuration: () => Configuration,
  send: PatientDeskParts['send'] = inTheOutbox,
): HubPatientDesk =>
  new HubPatientDesk({
    database,
    stops: new PatientStopRepository(database),
    acts: new PatientActRepository(database, vault),
    erasures: new PatientErasureRepository(database, vault, new ChangeRepository(database), new JobRepository(database)),
    followed: new FollowedRepository(database),
    departures: new DepartureRepository(database),
    changes: new ChangeRepository(database),
    configuration,
    send,
  });

/** The same for answering in bulk, at that desk. */
export const bulkDeskOn = (database: Database, vault: Vault, desk: HubConflictDesk): HubBulkDesk =>
  new HubBulkDesk({
    desk,
    overview: new ConflictOverviewRepository(database, vault),
    snapshots: new SnapshotRepository(database, vault),
    decisions: new DecisionRepository(database, vault),
    sights: new SightRepository(database, vault),
    atOnceSeconds: TIMES.atOnceSeconds,
  });

/** The same for what is held; by a dry run, where somebody there can ask the sites. */
export const heldDeskOn = (database: Database, vault: Vault, dryRun: HeldDryRun | null = null): HubHeldDesk =>
  new HubHeldDesk({
    database,
    held: new HeldRepository(database, vault),
    acts: new HeldActRepository(vault, new ChangeRepository(database), new JobRepository(database)),
    snapshots: new SnapshotRepository(database, vault),
    stops: new PatientStopRepository(database),
    send: inTheOutbox,
    dryRun,
  });

/** ... and with what is held at the instances that report here. */
export const everyHeldDeskOn = (database: Database, vault: Vault, current: () => Pick<Configuration, 'instance'>, dryRun: HeldDryRun | null = null): HeldDesk =>
  everyHeldDesk(heldDeskOn(database, vault, dryRun), { database, received: new ReceivedWorkRepository(database, vault), current, send: inTheOutbox });

/** The same for accounts, and for who signs in. */
export function accountDesksOn(database: Database, instance: SiteId): { readonly signIn: HubSignInDesk; readonly accounts: HubAccountDesk } {
  const parts = accountPartsOn(database, instance, inTheOutbox);
  return { signIn: new HubSignInDesk(parts), accounts: new HubAccountDesk(parts) };
}

/** The desk at which people follow one record, by the configuration as it is each time; with a hub or without. */
export const recordDeskOn = (database: Database, vault: Vault, configuration: () => Configuration): HubRecordDesk =>
  new HubRecordDesk({
    timelines: new RecordTimelineRepository(database),
    words: new SearchWordRepository(database, vault),
    audit: new AuditSearchRepository(database),
    held: new HeldRepository(database, vault),
    stops: new PatientStopRepository(database),
    configuration,
  });

/** The same for the configuration itself. */
export const configurationDeskOn = (
  database: Database,
  vault: Vault,
  parts: Pick<ConfigurationDeskParts, 'file' | 'plugins' | 'current' | 'secrets' | 'origin'> & Partial<Pick<ConfigurationDeskParts, 'send'>>,
): HubConfigurationDesk =>
  new HubConfigurationDesk({
    database,
    versions: new ConfigurationVersionRepository(database, vault),
    processes: new RunningProcessRepository(database),
    send: inTheOutbox,
    ...parts,
  });

/** The desk at which people look into the audit; `send` where there is a bus. */
export const auditDeskOn = (database: Database, vault: Vault, configuration: () => Configuration, send: AuditDeskParts['send'] = inTheOutbox): HubAuditDesk =>
  new HubAuditDesk({ database, vault, configuration, send });

/** Has it in the audit that somebody searched it at the command line. */
export const auditSearchedOn = (database: Database, configuration: () => Configuration, filter: AuditFilter, lines: number, by: string): Promise<void> =>
  saySearched({ database, configuration, send: inTheOutbox }, filter, lines, by);

/** Writes out the audit without a hub and without its keys, for the command line. */
export const auditExportsOn = (database: Database, configuration: () => Configuration): AuditExports =>
  new AuditExports({ database, configuration, send: inTheOutbox });

/** The desk at which people see what of a site has not arrived; with a hub or without. */
export const ownDeskOn = (database: Database, vault: Vault, configuration: () => Configuration): HubOwnDesk => {
  const aliases = new AliasRepository(database);
  return new HubOwnDesk({
    own: new OwnRepository(database),
    completeness: new CompletenessRepository(database, vault),
    snapshots: new SnapshotRepository(database, vault),
    timelines: new RecordTimelineRepository(database),
    held: new HeldRepository(database, vault),
    links: new LinkOverviewRepository(database),
    patientPage: patientPages(
      (id) => configuration().sites.find((site) => site.id === id),
      (site, patient) => aliases.bookOf(site).toLocal(patient),
    ),
    configuration,
  });
};

/** What anybody may see of the sites that the configuration names. */
export const widgetDeskOn = (database: Database, vault: Vault, configuration: () => Configuration): HubWidgetDesk =>
  new HubWidgetDesk({
    widgets: new WidgetRepository(database),
    held: new HeldRepository(database, vault),
    links: new LinkOverviewRepository(database),
    configuration,
  });
