import type { About, Tx } from '@sync-hub/messaging';

const WHOLE = new WeakMap<Tx, Tx>();

/** The transaction itself, of one in which something goes along with what is said. */
export const wholeOf = (tx: Tx): Tx => WHOLE.get(tx) ?? tx;

/** The same transaction, in which this goes along with what is said, unless whoever says it names another walk. */
export function sayingAlong(tx: Tx, along: About): Tx {
  const mine: Tx = { ...tx, say: (contract, row, payload, { trace = along.trace, step = along.step } = {}) => tx.say(contract, row, payload, { trace, step }) };
  WHOLE.set(mine, wholeOf(tx));
  return mine;
}
