import { z } from 'zod';
import { Name, Said } from '../conflicts/conflict-bodies.js';

/** Of having it tried again; a reason is welcome. */
export const RedriveBody = z.strictObject({ by: Name.optional(), reason: Said.optional() });

/** Of discarding it, or laying it aside: nobody does so without saying why. */
export const ReasonBody = z.strictObject({ by: Name.optional(), reason: Said });

export const NothingBody = z.strictObject({});
