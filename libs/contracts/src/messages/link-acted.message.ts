import { z } from 'zod';
import { Direction, LinkId, SiteId } from '../ids.js';
import { LINK_ACTS } from '../link-desk.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody paused a link or one direction of it, let it run dry, or let it go on. `site` is the link's child, `by` the account they worked under; what they wrote is kept sealed under `actId`. */
export const LinkActed = defineMessage(
  'link.acted.v1',
  z.object({
    link: LinkId,
    site: SiteId,
    round: z.int().positive(),
    direction: Direction,
    what: z.enum(LINK_ACTS),
    actId: z.uuid(),
    by: z.string(),
  }),
);
export type LinkActed = PayloadOf<typeof LinkActed>;
