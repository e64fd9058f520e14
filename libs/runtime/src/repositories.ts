import {
  AgreementRepository,
  AliasRepository,
  AskedWhyRepository,
  AuditMessageRepository,
  AuditMonthRepository,
  AuditRepository,
  AuditSealRepository,
  BrakeRepository,
  ChangeRepository,
  ClosedClassRepository,
  CohortRepository,
  ConfigurationVersionRepository,
  ConflictAnswerRepository,
  ConflictOverviewRepository,
  ConflictReportRepository,
  ConflictRepository,
  type Database,
  DecisionRepository,
  DepartureRepository,
  DryRunRepository,
  EngineRepository,
  ExclusionRepository,
  FailingWorkRepository,
  FeedMarkerRepository,
  FetchedActRepository,
  FollowedRepository,
  HeldActRepository,
  HeldRepository,
  InstallationRepository,
  IntentRepository,
  JobRepository,
  KeptFieldRepository,
  LeftRepository,
  LinkActRepository,
  ManualRunOverviewRepository,
  ManualRunRepository,
  MembershipRepository,
  MetadataDriftRepository,
  MetadataPullRepository,
  MetMetadataRepository,
  NoticeRepository,
  OverviewRepository,
  OverwrittenRepository,
  PipelineStore,
  PlaceRepository,
  PolicyRuleRepository,
  ReceivedAuditRepository,
  ReceivedConflictRepository,
  RedriveRepository,
  RulesRepository,
  RunningProcessRepository,
  ShippedAuditRepository,
  SightRepository,
  SiteRepository,
  SituationRepository,
  SnapshotRepository,
  TieRepository,
  UuidAuditRepository,
  type Vault,
  WaiterRepository,
} from '@sync-hub/persistence';
import type { Rules } from './rules.js';

/** One repository per table, and what stands on them. */
export type Repositories = ReturnType<typeof repositoriesOf>;

export function repositoriesOf(database: Database, vault: Vault, rules: Rules) {
  const changes = new ChangeRepository(database);
  const jobs = new JobRepository(database);
  const conflicts = new ConflictRepository(database, vault);
  return {
    changes,
    jobs,
    conflicts,
    ...atTheDesk(database, vault, jobs),
    store: new PipelineStore(database, changes, jobs, conflicts),
    places: new PlaceRepository(database),
    ...ofWhatIsHeld(database, vault, { changes, jobs }),
    rules: new RulesRepository(database),
    sites: new SiteRepository(database),
    markers: new FeedMarkerRepository(database),
    snapshots: new SnapshotRepository(database, vault),
    agreements: new AgreementRepository(database, vault),
    intents: new IntentRepository(database, vault),
    overwritten: new OverwrittenRepository(database, vault),
    keptFields: new KeptFieldRepository(database),
    waiters: new WaiterRepository(database),
    ties: new TieRepository(database),
    closedClasses: new ClosedClassRepository(database),
    cohorts: new CohortRepository(database),
    memberships: new MembershipRepository(database),
    exclusions: new ExclusionRepository(database),
    failing: new FailingWorkRepository(database),
    departures: new DepartureRepository(database),
    followed: new FollowedRepository(database),
    uuidAudits: new UuidAuditRepository(database),
    drift: new MetadataDriftRepository(database),
    met: new MetMetadataRepository(database),
    pulls: new MetadataPullRepository(database),
    aliases: new AliasRepository(database),
    ...ofInstances(database, vault),
    ...ofLinks(database, vault),
    installation: new InstallationRepository(database),
    processes: new RunningProcessRepository(database),
    left: new LeftRepository(),
    overview: new OverviewRepository(database, () => rules.shown()),
  };
}

/** Who writes on links, and what keeps everybody from it. */
const ofLinks = (database: Database, vault: Vault) => ({
  brakes: new BrakeRepository(),
  linkActs: new LinkActRepository(database, vault),
  engines: new EngineRepository(database),
});

/** What is held for another reason than a conflict, and what has it looked at again. */
const ofWhatIsHeld = (database: Database, vault: Vault, { changes, jobs }: { readonly changes: ChangeRepository; readonly jobs: JobRepository }) => ({
  redrive: new RedriveRepository(),
  held: new HeldRepository(database, vault),
  heldActs: new HeldActRepository(vault, changes, jobs),
  askedWhy: new AskedWhyRepository(database),
});

/** What people are shown of conflicts, and do to them; what they have looked through by hand; and what they are told of. */
const atTheDesk = (database: Database, vault: Vault, jobs: JobRepository) => ({
  answers: new ConflictAnswerRepository(vault, jobs),
  configurationVersions: new ConfigurationVersionRepository(database, vault),
  conflictOverview: new ConflictOverviewRepository(database, vault),
  conflictReport: new ConflictReportRepository(database),
  decisions: new DecisionRepository(database, vault),
  manualRuns: new ManualRunRepository(database),
  dryRuns: new DryRunRepository(database),
  manualRunOverview: new ManualRunOverviewRepository(database),
  policyRules: new PolicyRuleRepository(database),
  sights: new SightRepository(database, vault),
  situations: new SituationRepository(database),
  notices: new NoticeRepository(database),
});

/** What is written down, and goes from one instance to another: the audit, and conflicts that another one answers. */
const ofInstances = (database: Database, vault: Vault) => ({
  audit: new AuditRepository(),
  auditMessages: new AuditMessageRepository(database),
  auditMonths: new AuditMonthRepository(database),
  auditSeals: new AuditSealRepository(database, vault),
  shippedAudit: new ShippedAuditRepository(database),
  receivedAudit: new ReceivedAuditRepository(database),
  receivedConflicts: new ReceivedConflictRepository(database, vault),
  fetchedActs: new FetchedActRepository(database),
});
