import { Sites1763900000001 } from './0001-sites.js';
import { Pipeline1763900000002 } from './0002-pipeline.js';
import { Messages1763900000003 } from './0003-messages.js';
import { People1763900000004 } from './0004-people.js';
import { OneMessagePerJob1763900000005 } from './0005-one-message-per-job.js';
import { WhyAChangeIsHeld1763900000006 } from './0006-why-a-change-is-held.js';
import { ClaimsWeWrote1763900000007 } from './0007-claims-we-wrote.js';
import { WhatIsParkedWhy1763900000016 } from './0016-what-is-parked-why.js';
import { Brakes1763900000017 } from './0017-brakes.js';
import { UuidAudit1763900000020 } from './0020-uuid-audit.js';
import { Memberships1763900000040 } from './0040-memberships.js';
import { KeptFields1763900000041 } from './0041-kept-fields.js';
import { WhatABurstCosts1764300000042 } from './0042-what-a-burst-costs.js';
import { RulesInForce1764300000043 } from './0043-rules-in-force.js';
import { Places1764300000044 } from './0044-places.js';
import { WhatASiteCan1764300000045 } from './0045-what-a-site-can.js';
import { Ties1764300000046 } from './0046-ties.js';
import { Cohorts1764300000047 } from './0047-cohorts.js';
import { Exclusions1764400000060 } from './0060-exclusions.js';
import { Departures1764400000061 } from './0061-departures.js';
import { Followed1764400000062 } from './0062-followed.js';
import { MetadataDrift1764300000076 } from './0076-metadata-drift.js';
import { ConfigurationInForce1764300000087 } from './0087-configuration-in-force.js';
import { Pairs1764300000092 } from './0092-pairs.js';
import { ClosedClasses1764500000096 } from './0096-closed-classes.js';
import { WhatASiteSaidOtherwise1764500000097 } from './0097-what-a-site-said-otherwise.js';
import { FailingWork1764500000101 } from './0101-failing-work.js';
import { PairedBy1764500000102 } from './0102-paired-by.js';
import { ShippedAudit1764500000104 } from './0104-shipped-audit.js';
import { Answers1764500000106 } from './0106-answers.js';
import { Sights1764500000114 } from './0114-sights.js';
import { PolicyRules1764500000115 } from './0115-policy-rules.js';
import { MergedAway1764500000118 } from './0118-merged-away.js';
import { BesideOurWrites1764500000122 } from './0122-beside-our-writes.js';
import { FarConflicts1764500000125 } from './0125-far-conflicts.js';
import { BesideAnother1764500000130 } from './0130-beside-another.js';
import { AuditByMonth1764500000131 } from './0131-audit-by-month.js';
import { AuditSeals1764500000132 } from './0132-audit-seals.js';
import { PartsBesideOurWrites1764500000135 } from './0135-parts-beside-our-writes.js';
import { Accounts1764500000140 } from './0140-accounts.js';
import { WhatIsHeld1764600000145 } from './0145-what-is-held.js';
import { SearchWords1764600000146 } from './0146-search-words.js';
import { ManualRuns1764500000150 } from './0150-manual-runs.js';
import { FeedsFromTheirStart1764500000151 } from './0151-feeds-from-their-start.js';
import { ReadToTheirEnd1764500000154 } from './0154-read-to-their-end.js';
import { PausedLinks1764500000155 } from './0155-paused-links.js';
import { Notices1764500000159 } from './0159-notices.js';
import { Identities1764500000160 } from './0160-identities.js';
import { ConfigurationVersions1764500000163 } from './0163-configuration-versions.js';
import { DryRuns1764500000167 } from './0167-dry-runs.js';
import { StoppedPatients1764500000172 } from './0172-stopped-patients.js';
import { FollowedSince1764500000173 } from './0173-followed-since.js';
import { ErasedPatients1764500000174 } from './0174-erased-patients.js';
import { Walks1764500000175 } from './0175-walks.js';
import { AuditBodies1764500000176 } from './0176-audit-bodies.js';
import { AskedWhy1764600000178 } from './0178-asked-why.js';
import { HeldElsewhere1764600000179 } from './0179-held-elsewhere.js';
import { HealthElsewhere1764600000180 } from './0180-health-elsewhere.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  Sites1763900000001,
  Pipeline1763900000002,
  Messages1763900000003,
  People1763900000004,
  OneMessagePerJob1763900000005,
  WhyAChangeIsHeld1763900000006,
  ClaimsWeWrote1763900000007,
  WhatIsParkedWhy1763900000016,
  Brakes1763900000017,
  UuidAudit1763900000020,
  Memberships1763900000040,
  KeptFields1763900000041,
  WhatABurstCosts1764300000042,
  RulesInForce1764300000043,
  Places1764300000044,
  WhatASiteCan1764300000045,
  MetadataDrift1764300000076,
  Ties1764300000046,
  Cohorts1764300000047,
  Exclusions1764400000060,
  Departures1764400000061,
  Followed1764400000062,
  Pairs1764300000092,
  ConfigurationInForce1764300000087,
  ClosedClasses1764500000096,
  WhatASiteSaidOtherwise1764500000097,
  FailingWork1764500000101,
  PairedBy1764500000102,
  ShippedAudit1764500000104,
  Answers1764500000106,
  Sights1764500000114,
  PolicyRules1764500000115,
  MergedAway1764500000118,
  BesideOurWrites1764500000122,
  FarConflicts1764500000125,
  BesideAnother1764500000130,
  AuditByMonth1764500000131,
  AuditSeals1764500000132,
  PartsBesideOurWrites1764500000135,
  Accounts1764500000140,
  WhatIsHeld1764600000145,
  SearchWords1764600000146,
  ManualRuns1764500000150,
  FeedsFromTheirStart1764500000151,
  ReadToTheirEnd1764500000154,
  PausedLinks1764500000155,
  Notices1764500000159,
  Identities1764500000160,
  ConfigurationVersions1764500000163,
  DryRuns1764500000167,
  AskedWhy1764600000178,
  Walks1764500000175,
  AuditBodies1764500000176,
  StoppedPatients1764500000172,
  FollowedSince1764500000173,
  HeldElsewhere1764600000179,
  ErasedPatients1764500000174,
  HealthElsewhere1764600000180,
];
