import { z } from 'zod';
import { LinkId, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody made a rule of a decision, or revoked one. `site` is the link's child, `by` the account they worked under; `round` is 1, and 2 where it is revoked. */
export const PolicyRuleChanged = defineMessage(
  'policy-rule.changed.v1',
  z.object({
    ruleId: z.uuid(),
    link: LinkId,
    site: SiteId,
    round: z.int().positive(),
    category: z.string(),
    field: z.string(),
    policy: z.string(),
    what: z.enum(['made', 'revoked']),
    by: z.string(),
  }),
);
export type PolicyRuleChanged = PayloadOf<typeof PolicyRuleChanged>;
