import { z } from 'zod';
import { ChangeId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Why a change needed no more: it found what every route knows, opened jobs, was admitted nowhere, is nowhere to be found, or a person discarded it. */
export const CHANGE_ENDS = ['as-agreed', 'mapped', 'not-admitted', 'absent', 'discarded'] as const;

/** A change ended, and `opened` says how many jobs came of it. */
export const ChangeEnded = defineMessage(
  'change.ended.v1',
  z.object({
    changeId: ChangeId,
    round: z.int().positive(),
    record: RecordRef,
    site: SiteId,
    end: z.enum(CHANGE_ENDS),
    opened: z.int().nonnegative(),
    notAdmitted: z.array(z.string()),
  }),
);
export type ChangeEnded = PayloadOf<typeof ChangeEnded>;
