import { z } from 'zod';
import { ChangeId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';
import { PARKED_REASONS } from '../outcomes.js';

/** A change could not be looked at and waits for a person or for the next entry of its record. */
export const ChangeHeld = defineMessage(
  'change.held.v1',
  z.object({ changeId: ChangeId, round: z.int().positive(), record: RecordRef, site: SiteId, reason: z.enum(PARKED_REASONS), code: z.string() }),
);
export type ChangeHeld = PayloadOf<typeof ChangeHeld>;
