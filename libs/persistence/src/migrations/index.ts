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
];
