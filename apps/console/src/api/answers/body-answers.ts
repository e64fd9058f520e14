import { Aggregate, BODY_REASONS, type KeptBody, LinkId, type ShownBody, SiteId } from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';

const kept = {
  id: z.string(),
  site: SiteId,
  link: LinkId,
  aggregate: Aggregate,
  uuid: z.string(),
  jobId: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  status: z.int().nullable(),
  bytes: z.int(),
};

const Kept = exactly<KeptBody>()(z.strictObject(kept)).meta({ id: 'KeptBody' });

export const BodiesAnswer = z.strictObject({ bodies: z.array(Kept) });

export const ShownBodyAnswer = exactly<ShownBody>()(
  z.strictObject({
    ...kept,
    opened: z.strictObject({ method: z.string(), path: z.string(), request: z.string(), answer: z.string().nullable(), isCut: z.boolean() }).nullable(),
    shownBefore: z.array(z.strictObject({ by: z.string(), at: z.iso.datetime(), reason: z.enum(BODY_REASONS), note: z.string().nullable() })),
  }),
).meta({ id: 'ShownBody' });
