import { BulkAsked, type BulkCounts, type BulkRun, LinkId, POLICY_WORDS, type PolicyRule, SiteId } from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { count, moment } from './parts.js';

const Rule = exactly<PolicyRule>()(
  z.strictObject({
    id: z.uuid(),
    link: LinkId,
    child: SiteId,
    category: z.string(),
    field: z.string(),
    policy: z.enum(POLICY_WORDS),
    conflict: z.string().nullable(),
    madeBy: z.string(),
    madeAt: moment,
    revoked: z.strictObject({ by: z.string(), at: moment }).nullable(),
    isOverruled: z.boolean(),
  }),
).meta({ id: 'PolicyRule' });

export const RulesAnswer = z.strictObject({ rules: z.array(Rule) });

export const RuleMadeAnswer = z.strictObject({ id: z.uuid() });

const Counts = exactly<BulkCounts>()(
  z.strictObject({
    found: count,
    answered: count,
    inPart: count,
    passedOver: count,
    taken: z.array(z.strictObject({ field: z.string(), take: z.enum(['parent', 'child']), count })),
    left: z.array(z.strictObject({ why: z.string(), count })),
  }),
).meta({ id: 'BulkCounts' });

export const BulkRunAnswer = exactly<BulkRun>()(
  z.strictObject({
    id: z.string(),
    does: z.enum(['plan', 'answer']),
    by: z.string().nullable(),
    asked: BulkAsked,
    state: z.enum(['running', 'done', 'stopped', 'failed']),
    done: count,
    of: count,
    counts: Counts.nullable(),
  }),
).meta({ id: 'BulkRun' });

export const BulkRunsAnswer = z.strictObject({ runs: z.array(BulkRunAnswer) });
