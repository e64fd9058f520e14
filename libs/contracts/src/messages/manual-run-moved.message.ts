import { z } from 'zod';
import { Direction, LinkId, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/**
 * Somebody had a route looked through by hand, or called it off; or all of it has been looked at. `what` is what was asked for, by kind; `by` is the account
 * they worked under, null where nobody did. `records` counts those that were looked at so far.
 */
export const ManualRunMoved = defineMessage(
  'manual-run.moved.v1',
  z.object({
    runId: z.uuid(),
    link: LinkId,
    /** The source of the route. */
    site: SiteId,
    round: z.int().positive(),
    direction: Direction,
    what: z.enum(['everything', 'category', 'records', 'patient']),
    act: z.enum(['begun', 'cancelled', 'ended']),
    by: z.string().nullable(),
    records: z.int().min(0),
    /** It only said what would come of it. */
    dry: z.boolean().optional(),
  }),
);
export type ManualRunMoved = PayloadOf<typeof ManualRunMoved>;
