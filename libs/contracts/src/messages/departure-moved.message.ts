import { z } from 'zod';
import { LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** What becomes of a patient's copy at a child whose catchment has her no more, or has her again, went on to another state or waits for something else. */
export const DepartureMoved = defineMessage(
  'departure.moved.v1',
  z.object({ link: LinkId, site: SiteId, round: z.int().positive(), record: RecordRef, state: z.string(), reason: z.string().nullable() }),
);
export type DepartureMoved = PayloadOf<typeof DepartureMoved>;
