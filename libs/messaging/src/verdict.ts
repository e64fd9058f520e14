import type { CHANGE_ENDS, HeldState, MessageContract, Outcome, SafeDetails } from '@sync-hub/contracts';
import type { About } from './envelope.js';

/** A database transaction. Every repository's write takes one first; what is said in it leaves when it has committed. */
export interface Tx {
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Says a message: its outbox row commits with this transaction. `row` is the change or job it is about, `about` what goes along with it. */
  say<Payload extends { readonly site: string; readonly round: number }>(
    contract: { readonly name: string; readonly publish: MessageContract<string, Payload>['publish'] },
    row: string,
    payload: Payload,
    about?: About,
  ): void;
  /** A row that nobody reads in this transaction: those of one `write` are written together, just before the commit. */
  later<Row>(write: (tx: Pick<Tx, 'query' | 'say'>, rows: readonly Row[]) => Promise<void>, row: Row): void;
}

/** A database effect of a verdict. It runs inside the runner's transaction, and runs again in another one if that fails. */
export type Effect = (tx: Tx) => Promise<void>;

/** How a change ended. */
export type ChangeEnd = (typeof CHANGE_ENDS)[number];

/** What a stage says of a message. It decides; the runner acts: state, messages, inbox and outbox in one transaction. */
export type Verdict =
  | { readonly kind: 'forward'; readonly effect: Effect }
  | { readonly kind: 'end-change'; readonly end: ChangeEnd; readonly opened: number; readonly notAdmitted: readonly string[]; readonly effect: Effect }
  | { readonly kind: 'end-job'; readonly outcome: Outcome; readonly fields: readonly string[]; readonly lost: readonly string[]; readonly effect: Effect }
  | {
      readonly kind: 'hold';
      readonly held: HeldState;
      readonly reason: string;
      readonly code: string;
      readonly details: SafeDetails;
      readonly effect: Effect;
      readonly saw: string | null;
    }
  | { readonly kind: 'look-again'; readonly reason: string; readonly effect: Effect }
  | { readonly kind: 'postpone'; readonly reason: string; readonly seconds: number }
  | { readonly kind: 'skip'; readonly reason: string };

/** The verdict of one kind. */
export type VerdictOf<Kind extends Verdict['kind']> = Extract<Verdict, { readonly kind: Kind }>;

const NOTHING: Effect = async () => undefined;

/** The subject goes on; `effect` stores what the next stage needs and says its message. */
export const forward = (effect: Effect): VerdictOf<'forward'> => ({ kind: 'forward', effect });

/** The change ends here, unless somebody asked to look again meanwhile. */
export const endChange = (
  end: ChangeEnd,
  effect: Effect = NOTHING,
  counts: { readonly opened?: number; readonly notAdmitted?: readonly string[] } = {},
): VerdictOf<'end-change'> => ({
  kind: 'end-change',
  end,
  opened: counts.opened ?? 0,
  notAdmitted: counts.notAdmitted ?? [],
  effect,
});

/** The job ends, for good. `fields` are the names of what was written, `lost` of what the target would not hold. */
export const endJob = (
  outcome: Outcome,
  effect: Effect = NOTHING,
  names: { readonly fields?: readonly string[]; readonly lost?: readonly string[] } = {},
): VerdictOf<'end-job'> => ({
  kind: 'end-job',
  outcome,
  fields: names.fields ?? [],
  lost: names.lost ?? [],
  effect,
});

/**
 * The job (or a change that cannot be read) has not ended and is held, visibly, for a named reason. `saw` is the digest of what its
 * target held: a newcomer that found the same there is no reason to look again.
 */
export const hold = (
  held: HeldState,
  reason: string,
  code: string,
  { details = {}, effect = NOTHING, saw = null }: { readonly details?: SafeDetails; readonly effect?: Effect; readonly saw?: string | null } = {},
): VerdictOf<'hold'> => ({ kind: 'hold', held, reason, code, details, effect, saw });

/** What the job knew is stale: its source is looked at again; the job stays open. */
export const lookAgain = (reason: string, effect: Effect = NOTHING): VerdictOf<'look-again'> => ({ kind: 'look-again', reason, effect });

/** Not now. Handed back by row, which costs no attempt. */
export const postpone = (reason: string, seconds: number): VerdictOf<'postpone'> => ({ kind: 'postpone', reason, seconds });

/** Nothing to do: a repeat, or a message whose row has moved on. */
export const skip = (reason: string): VerdictOf<'skip'> => ({ kind: 'skip', reason });
