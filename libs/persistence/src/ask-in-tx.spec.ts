import { describe, expect, it } from '@jest/globals';
import type { Tx } from '@sync-hub/messaging';
import { askInTx, type KindInTx } from './ask-in-tx.js';

const aTx = (): Tx => ({ query: async () => [], say: () => undefined, later: () => undefined });

describe('questions within a transaction', () => {
  it('go together, those of each kind and each transaction by themselves', async () => {
    const asked: string[] = [];
    const names = new Map<Tx, string>();
    const kind = (name: string): KindInTx<string, string> => ({
      keyOf: (question) => question,
      answerAll: async (tx, questions) => {
        asked.push(`${name} in ${names.get(tx)}: ${questions.join(' ')}`);
        return new Map(questions.map((question) => [question, `${question} in ${names.get(tx)}`]));
      },
    });
    const [jobs, changes] = [kind('jobs'), kind('changes')];
    const [one, other] = [aTx(), aTx()];
    names.set(one, 'one').set(other, 'other');
    const answers = await Promise.all([askInTx(one, jobs, 'a'), askInTx(one, jobs, 'b'), askInTx(one, changes, 'a'), askInTx(other, jobs, 'a')]);
    expect(answers).toEqual(['a in one', 'b in one', 'a in one', 'a in other']);
    expect([...asked].sort()).toEqual(['changes in one: a', 'jobs in one: a b', 'jobs in other: a']);
  });
});
