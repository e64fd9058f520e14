import { z } from 'zod';
import type { AuditFromOverview, AuditToOverview } from '../../audit-overview.js';
import type { FailingOverview } from '../../failing-overview.js';
import { exactly } from '../exactly.js';
import { count, moment } from './parts.js';

export const AuditToAnswer = exactly<AuditToOverview>()(
  z.strictObject({
    url: z.string(),
    rows: count,
    since: moment.nullable(),
    notTaken: count,
    heardAt: moment.nullable(),
    failingSince: moment.nullable(),
    code: z.string().nullable(),
  }),
).meta({ id: 'OverviewOfAuditTo' });

export const AuditFromAnswer = exactly<AuditFromOverview>()(
  z.strictObject({
    origin: z.string(),
    heard: z.strictObject({ heardAt: moment, taken: count, waiting: count, waitingSince: moment.nullable(), notTaken: count }).nullable(),
  }),
).meta({ id: 'OverviewOfAuditFrom' });

export const FailingAnswer = exactly<FailingOverview>()(
  z.strictObject({
    work: z.enum(['compare-metadata', 'list-history', 'read-cohorts', 'tell-people']),
    place: z.string(),
    uuid: z.string(),
    code: z.string(),
    times: count,
    since: moment,
    lastAt: moment,
  }),
).meta({ id: 'OverviewOfFailing' });
