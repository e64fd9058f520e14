import type { Tx } from '@sync-hub/messaging';
import { Gathering } from './gathering.js';
import { wholeOf } from './step-in-tx.js';

/** A kind of question, or of write with an answer, that many ask within one transaction. One object for each kind. */
export interface KindInTx<Question, Answer, On = Tx> {
  readonly keyOf: (question: Question) => string;
  readonly answerAll: (tx: On, questions: readonly Question[]) => Promise<ReadonlyMap<string, Answer>>;
}

const gatheringsOf = new WeakMap<Tx, Map<unknown, unknown>>();

/** Asks within a transaction, together with those who ask the same kind of question in it at the same moment. */
export function askInTx<Question, Answer>(tx: Tx, kind: KindInTx<Question, Answer>, question: Question): Promise<Answer | undefined> {
  const whole = wholeOf(tx);
  const gatherings = gatheringsOf.get(whole) ?? new Map<unknown, unknown>();
  gatheringsOf.set(whole, gatherings);
  const known = gatherings.get(kind) as Gathering<Question, Answer> | undefined;
  const gathering = known ?? new Gathering(kind.keyOf, (questions: readonly Question[]) => kind.answerAll(whole, questions));
  gatherings.set(kind, gathering);
  return gathering.ask(question);
}
