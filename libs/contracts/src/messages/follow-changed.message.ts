import { z } from 'zod';
import { LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody had a patient followed on a link, or no longer; or the time for it was over. `by` is the account they worked under, null where nobody did. */
export const FollowChanged = defineMessage(
  'follow.changed.v1',
  z.object({
    link: LinkId,
    site: SiteId,
    round: z.int().positive(),
    record: RecordRef,
    what: z.enum(['followed', 'unfollowed', 'expired']),
    by: z.string().nullable(),
  }),
);
export type FollowChanged = PayloadOf<typeof FollowChanged>;
