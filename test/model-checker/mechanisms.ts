import { advance, agreeAfterIntent, contentHash, type Decision, isAsAgreed } from '@sync-hub/merge';
import { settleLook } from '../../apps/fetcher/src/settle-look.js';
import { armJob, markOpposite } from '../../apps/mapper/src/arm-job.js';
import { afterIntent } from '../../apps/pusher/src/after-intent.js';
import { givesWay, planPush } from '../../apps/pusher/src/plan-push.js';
import type { Decided } from './world.js';

/** Everything the model decides by: the product's own functions, and the few things that only a database or a clock can do. */
export interface Mechanisms {
  readonly settleLook: typeof settleLook;
  readonly isAsAgreed: typeof isAsAgreed;
  readonly contentHash: typeof contentHash;
  readonly armJob: typeof armJob;
  readonly markOpposite: typeof markOpposite;
  readonly givesWay: typeof givesWay;
  readonly planPush: typeof planPush;
  readonly afterIntent: typeof afterIntent;
  readonly agreeAfterIntent: typeof agreeAfterIntent;
  readonly advance: typeof advance;
  /** Is a site's record kept to one handler at a time? */
  readonly claims: boolean;
  /** Is what will be written committed before it is, and asked after? */
  readonly intents: boolean;
  /** Is the look-again counter compared when a change or a job settles? */
  readonly counters: boolean;
  /** What is left of the decisions once a write that they led to is about to leave. */
  readonly decisionsAfterSending: (decisions: Decided[]) => Decided[];
}

export const ALL: Mechanisms = {
  settleLook,
  isAsAgreed,
  contentHash,
  armJob,
  markOpposite,
  givesWay,
  planPush,
  afterIntent,
  agreeAfterIntent,
  advance,
  claims: true,
  intents: true,
  counters: true,
  decisionsAfterSending: (decisions) => decisions,
};

/** The mechanisms taken out one at a time, by their numbers in the README of this folder. */
export const WITHOUT = {
  /** Both ends are compared with what the parent was agreed to hold. */
  1: {
    ...ALL,
    planPush: (input) => planPush({ ...input, agreement: input.agreement && { ...input.agreement, child: input.agreement.parent } }),
  },
  /** An answer is a command: it is forgotten once it has been sent to one end. */
  4: { ...ALL, decisionsAfterSending: () => [] },
  6: { ...ALL, claims: false },
  7: { ...ALL, givesWay: () => false },
  8: { ...ALL, intents: false },
  13: { ...ALL, counters: false },
  /** A look ends where all is as agreed, whatever job is in hand. */
  14: { ...ALL, settleLook: (look) => settleLook({ ...look, links: look.links.map((link) => ({ ...link, openJobs: [] })) }) },
} as const satisfies Record<number, Mechanisms>;

/** Finer rules taken out one at a time: each was found by this checker, as the state of things that loses something without it. */
export const WITH = {
  'restored content taken for a write that landed and was undone': {
    ...ALL,
    afterIntent: (input) => {
      const end = afterIntent(input);
      const { held, sends } = input.intent;
      return end.kind === 'ask' && contentHash(held) === contentHash(input.targetNow) ? { kind: 'landed', landed: [...sends.keys()] } : end;
    },
  },
  'restored content taken for a write that never landed': {
    ...ALL,
    afterIntent: (input) => {
      const end = afterIntent(input);
      return end.kind === 'ask' ? { kind: 'not-landed' } : end;
    },
  },
  'a third value that is not disputed': {
    ...ALL,
    advance: (input) => {
      const { disputed: _, ...agreement } = advance(input).agreement;
      return { ...advance(input), agreement };
    },
  },
  'what was taken back before it was read back taken for a loss': {
    ...ALL,
    advance: ({ keeps: _, ...input }) => advance(input),
  },
  'decisions that are not narrowed to what they have reached': {
    ...ALL,
    advance: (input) => {
      const advanced = advance(input);
      const isLeft = ({ path, value }: Decision): boolean => advanced.decisions.some((left) => left.path === path && left.value === value);
      return { ...advanced, decisions: (input.decisions ?? []).filter(isLeft) };
    },
  },
  'no regard for unanswered writes of the opposite job': { ...ALL, planPush: (input) => planPush({ ...input, intents: [] }) },
} as const satisfies Record<string, Mechanisms>;
