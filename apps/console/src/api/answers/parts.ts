import { z } from 'zod';

/** What most answers are made of. A moment is ISO 8601 in UTC. */
export const moment = z.iso.datetime();
export const count = z.int();
export const names = z.array(z.string());
/** Text, or nothing. */
export const text = z.string().nullable();

/** How many there are of each, by name. */
export const By = z.array(z.strictObject({ name: z.string(), count }));
