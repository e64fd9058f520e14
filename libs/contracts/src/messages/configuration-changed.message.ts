import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/**
 * Another version of the configuration stands in the file: somebody saved it, brought an earlier one back (`of`), or changed the file by hand, who is then not known. `site` is the
 * instance itself, `round` the version, `paths` the places that say something else now, never what they say.
 */
export const ConfigurationChanged = defineMessage(
  'configuration.changed.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    origin: z.enum(['first', 'console', 'command-line', 'roll-back', 'file']),
    by: z.string().nullable(),
    of: z.int().positive().nullable(),
    paths: z.array(z.string()),
  }),
);
export type ConfigurationChanged = PayloadOf<typeof ConfigurationChanged>;
