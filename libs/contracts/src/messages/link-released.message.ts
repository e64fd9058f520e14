import { z } from 'zod';
import { LinkId, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** A person looked at a paused link and let it go on. `by` is the account they worked under. */
export const LinkReleased = defineMessage('link.released.v1', z.object({ link: LinkId, site: SiteId, round: z.int().positive(), by: z.string() }));
export type LinkReleased = PayloadOf<typeof LinkReleased>;
