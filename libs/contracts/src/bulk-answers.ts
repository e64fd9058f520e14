import { z } from 'zod';
import { ConflictFilter } from './conflict-desk.js';
import { POLICY_WORDS } from './policy-rules.js';

/** Which conflicts that nobody has answered are to be answered by a policy: one field of them, or all that is asked. */
export const BulkAsked = ConflictFilter.pick({ link: true, category: true, owner: true, field: true, reason: true, openedBefore: true }).extend({
  policy: z.enum(POLICY_WORDS).exclude(['manual']),
  states: z
    .array(z.enum(['open', 'assigned']))
    .min(1)
    .optional(),
});
export type BulkAsked = z.infer<typeof BulkAsked>;

/** What became, or would become, of them: numbers and names, no value of any. */
export interface BulkCounts {
  readonly found: number;
  /** Answered with every field that was asked about. */
  readonly answered: number;
  /** Answered with some of them: the others are still asked about. */
  readonly inPart: number;
  /** Somebody changed or answered them meanwhile. */
  readonly passedOver: number;
  /** How many fields take which end, the most first. */
  readonly taken: readonly { readonly field: string; readonly take: 'parent' | 'child'; readonly count: number }[];
  /** Those that the policy does not answer at all, by why they are asked about; `seen-at-once` and `two-values` where the policy itself does not know, `unreadable` where what is kept of it cannot be opened. */
  readonly left: readonly { readonly why: string; readonly count: number }[];
}

/** What a policy would answer, as it was looked at. The plan itself holds patient data, and stays where it was made. */
export interface BulkPlan {
  readonly counts: BulkCounts;
  /** Answers each as it was planned; what was changed or answered meanwhile is passed over. */
  answer(by: string, watched: BulkWatched): Promise<BulkCounts>;
}

/** Who watches: told how many were gone through; once `signal` says so no further one is begun. */
export interface BulkWatched {
  readonly progress: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** A plan, or the carrying out of one, as the console tells of it: how far it is, and what it came to. */
export interface BulkRun {
  readonly id: string;
  readonly does: 'plan' | 'answer';
  /** Who answers; null of a plan. */
  readonly by: string | null;
  readonly asked: BulkAsked;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly done: number;
  readonly of: number;
  /** Once it is no longer running, and has not failed. */
  readonly counts: BulkCounts | null;
}

/** What the console and the command line ask of answering in bulk. */
export interface BulkDesk {
  /** Goes through what fits, and writes nothing. */
  plan(asked: BulkAsked, watched: BulkWatched): Promise<BulkPlan>;
}
