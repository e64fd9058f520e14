import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody had a feed of a site read from its start again. `by` is the account they worked under. */
export const FeedRewound = defineMessage('feed.rewound.v1', z.object({ site: SiteId, round: z.int().positive(), category: z.string(), by: z.string() }));
export type FeedRewound = PayloadOf<typeof FeedRewound>;
