import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** A process began to go by a configuration as it started, or while it ran. */
export const CONFIGURATION_OUTCOMES = ['hub-started', 'configuration-taken'] as const;

/** A place of a configuration at which it says something else than before; `null` where it said, or says, nothing. Never a secret: the configuration refers to those, and has none. */
export const ChangedPlace = z.object({ path: z.string(), from: z.string().nullable(), to: z.string().nullable() });
export type ChangedPlace = z.infer<typeof ChangedPlace>;

/** Services of an instance go by a configuration from now on. `site` is the instance itself; `digest` the configuration's, `before` that of the one they went by; `leftOut` says how many places more there are; `newLogins` at which sites the login is another one. */
export const ConfigurationTaken = defineMessage(
  'configuration.taken.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    outcome: z.enum(CONFIGURATION_OUTCOMES),
    services: z.array(z.string()),
    /** Of Sync Hub. */
    version: z.string(),
    digest: z.string(),
    before: z.string().nullable(),
    places: z.array(ChangedPlace),
    leftOut: z.int().min(0),
    newLogins: z.array(SiteId),
  }),
);
export type ConfigurationTaken = PayloadOf<typeof ConfigurationTaken>;
