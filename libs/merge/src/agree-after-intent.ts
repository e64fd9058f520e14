import { NOTHING_AGREED, otherSide, type SideName } from './agreed.js';
import { AgreementDraft } from './agreement-draft.js';
import { takenAsReached } from './decide.js';
import { type Held, PRESENCE } from './held.js';
import type { Agreement, Decision } from './version.js';

export interface AfterIntent {
  readonly agreement: Agreement | null;
  /** The end that was not written to. */
  readonly sourceIs: SideName;
  /** What was sent, as the intent has it; `PRESENCE` among the paths where the record was created, voided or restored. */
  readonly sends: ReadonlyMap<string, Held>;
  /** Paths of `sends` that are known to have landed. */
  readonly landed: readonly string[];
  /** Paths of `sends` of which nobody can say whether they landed and were undone, or never landed. */
  readonly inDoubt: readonly string[];
  readonly decisions: readonly Decision[];
}

/**
 * What a write that nobody answered leaves of the agreement. What landed is agreed: at the moment of writing both ends held
 * it, and whatever either holds now is an edit that saw it (a decided value is not: the source never held it, so its path
 * keeps its bases, and the decision is narrowed to what it has reached). What is in doubt becomes disputed, and a decision that
 * was sent there lapses: whoever undid it had seen it, so it must be asked anew.
 */
export function agreeAfterIntent({ agreement, sourceIs, sends, landed, inDoubt, decisions }: AfterIntent): {
  readonly agreement: Agreement;
  readonly decisions: readonly Decision[];
} {
  const draft = new AgreementDraft(agreement ?? NOTHING_AGREED, sourceIs);
  const isDecided = (path: string): boolean => decisions.some((decision) => decision.path === path && decision.value === sends.get(path));
  for (const path of landed) {
    const value = sends.get(path);
    if (isDecided(path)) continue;
    if (path !== PRESENCE) draft.agree(path, value, value);
    else if (value === 'present' || value === 'voided') draft.agreePresence(value, value);
  }
  for (const path of inDoubt) draft.dispute(path);
  const reached = new Map([...landed, ...inDoubt].map((path) => [path, sends.get(path)]));
  return { agreement: draft.done(reached.size > 0), decisions: takenAsReached(decisions, reached, otherSide(sourceIs)) };
}
