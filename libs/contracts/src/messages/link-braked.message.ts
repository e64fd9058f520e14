import { z } from 'zod';
import { LinkId, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** A link was paused because more was to be voided on it than its brake lets pass. `site` is where the last of it came from. */
export const LinkBraked = defineMessage(
  'link.braked.v1',
  z.object({ link: LinkId, site: SiteId, round: z.int().positive(), reason: z.string(), category: z.string(), voids: z.int() }),
);
export type LinkBraked = PayloadOf<typeof LinkBraked>;
