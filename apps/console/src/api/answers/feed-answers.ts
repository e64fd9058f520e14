import { type FollowedFeed, SiteId } from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';

const Feed = exactly<FollowedFeed>()(
  z.strictObject({
    site: SiteId,
    category: z.string(),
    readAt: z.iso.datetime().nullable(),
    newestEntryAt: z.iso.datetime().nullable(),
    entriesRead: z.int(),
    trouble: z.string().nullable(),
  }),
).meta({ id: 'FollowedFeed' });

export const FeedsAnswer = z.strictObject({ feeds: z.array(Feed) });

/** The categories that are read from their start from now on. */
export const RewoundAnswer = z.strictObject({ rewound: z.array(z.string()) });
