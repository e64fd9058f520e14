export { type Database, isMigrated, migrate, newId, openDatabase } from './database.js';
export { demandKeys } from './demand-keys.js';
export { BackupRefusedError } from './embedded/backup-refused.error.js';
export { type BackupManifest, backUpCluster, restoreCluster, verifyBackup } from './embedded/cluster-backup.js';
export {
  DatabaseNotStartedError,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.js';
export { LostKeysError } from './lost-keys.error.js';
export * from './record-locks.js';
export * from './repositories/agreement.repository.js';
export * from './repositories/alias.repository.js';
export * from './repositories/audit.repository.js';
export * from './repositories/brake.repository.js';
export * from './repositories/change.repository.js';
export * from './repositories/closed-class.repository.js';
export * from './repositories/cohort.repository.js';
export * from './repositories/conflict.repository.js';
export * from './repositories/conflict-answer.repository.js';
export * from './repositories/conflict-overview.repository.js';
export * from './repositories/conflict-report.repository.js';
export type { ConflictRow } from './repositories/conflict-row.js';
export * from './repositories/decision.repository.js';
export * from './repositories/departure.repository.js';
export * from './repositories/engine.repository.js';
export * from './repositories/exclusion.repository.js';
export * from './repositories/failing-work.repository.js';
export * from './repositories/feed-marker.repository.js';
export * from './repositories/fetched-act.repository.js';
export * from './repositories/first-contact.repository.js';
export * from './repositories/followed.repository.js';
export * from './repositories/installation.repository.js';
export * from './repositories/intent.repository.js';
export * from './repositories/job.repository.js';
export type { Arming } from './repositories/job-arming.js';
export type { Job, JobState } from './repositories/job-row.js';
export * from './repositories/kept-field.repository.js';
export * from './repositories/left.repository.js';
export * from './repositories/link-overview.repository.js';
export * from './repositories/membership.repository.js';
export * from './repositories/met-metadata.repository.js';
export * from './repositories/metadata-drift.repository.js';
export * from './repositories/metadata-pull.repository.js';
export * from './repositories/overview.repository.js';
export * from './repositories/overwritten.repository.js';
export * from './repositories/pair.repository.js';
export * from './repositories/people-seen.repository.js';
export * from './repositories/pipeline.store.js';
export * from './repositories/place.repository.js';
export * from './repositories/policy-rule.repository.js';
export * from './repositories/received-audit.repository.js';
export * from './repositories/received-conflict.repository.js';
export * from './repositories/redrive.repository.js';
export * from './repositories/rules.repository.js';
export * from './repositories/running-process.repository.js';
export * from './repositories/shipped-audit.repository.js';
export * from './repositories/sight.repository.js';
export * from './repositories/site.repository.js';
export * from './repositories/site-overview.repository.js';
export * from './repositories/snapshot.repository.js';
export * from './repositories/tie.repository.js';
export * from './repositories/uuid-audit.repository.js';
export * from './repositories/waiter.repository.js';
export * from './vault.js';
