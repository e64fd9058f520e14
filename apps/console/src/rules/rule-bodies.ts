import { BulkAsked, NewPolicyRule } from '@sync-hub/contracts';
import { z } from 'zod';
import { Name } from '../conflicts/conflict-bodies.js';

export const RuleBody = NewPolicyRule.extend({ by: Name });

/** Of what is done to a thing that its path names. */
export const ByBody = z.strictObject({ by: Name });

export const PlanBody = BulkAsked;

/** Whoever sees it go wrong may stop it. */
export const StopBody = z.strictObject({});
