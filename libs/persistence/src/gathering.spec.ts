import { describe, expect, it } from '@jest/globals';
import { Gathering, grouped } from './gathering.js';

const doubled = (questions: readonly number[]): ReadonlyMap<string, number> => new Map(questions.map((one) => [String(one), 2 * one]));

function gathering(answer: (questions: readonly number[]) => Promise<ReadonlyMap<string, number>>) {
  const asked: number[][] = [];
  const made = new Gathering<number, number>(String, (questions) => {
    asked.push([...questions]);
    return answer(questions);
  });
  return { asked, ask: (question: number) => made.ask(question) };
}

describe('questions asked together', () => {
  it('asks once for all of one turn, and the same question once for all who ask it', async () => {
    const { asked, ask } = gathering(async (questions) => doubled(questions));
    expect(await Promise.all([ask(1), ask(2), ask(1)])).toEqual([2, 4, 2]);
    expect(asked).toEqual([[1, 2]]);
  });

  it('asks again for a question that comes after an answer: nothing is remembered', async () => {
    const { asked, ask } = gathering(async (questions) => doubled(questions));
    await ask(1);
    await ask(1);
    expect(asked).toEqual([[1], [1]]);
  });

  it('does not give a question that comes while a statement is under way that statement’s answer', async () => {
    const ends: (() => void)[] = [];
    const { asked, ask } = gathering((questions) => new Promise((resolve) => void ends.push(() => resolve(doubled(questions)))));
    const first = ask(1);
    await new Promise(setImmediate);
    const second = ask(1);
    await new Promise(setImmediate);
    expect(asked).toEqual([[1], [1]]);
    for (const end of ends) end();
    expect(await Promise.all([first, second])).toEqual([2, 2]);
  });

  it('gathers while two are under way', async () => {
    const ends: (() => void)[] = [];
    const { asked, ask } = gathering((questions) => new Promise((resolve) => void ends.push(() => resolve(doubled(questions)))));
    const all = [];
    for (const question of [1, 2, 3, 4]) {
      all.push(ask(question));
      await new Promise(setImmediate);
    }
    expect(asked).toEqual([[1], [2]]);
    ends[0]?.();
    await all[0];
    await new Promise(setImmediate);
    expect(asked).toEqual([[1], [2], [3, 4]]);
    for (const end of ends) end();
    expect(await Promise.all(all)).toEqual([2, 4, 6, 8]);
  });

  it('lets one that cannot be asked harm no other', async () => {
    const { ask } = gathering(async (questions) => {
      if (questions.includes(13)) throw new Error('not 13');
      return doubled(questions);
    });
    expect(await Promise.allSettled([ask(1), ask(13), ask(2)])).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: new Error('not 13') },
      { status: 'fulfilled', value: 4 },
    ]);
  });

  it('answers nothing where there is nothing', async () => {
    const { ask } = gathering(async () => new Map());
    expect(await ask(1)).toBeUndefined();
  });

  it('keeps the order of rows within their groups', () => {
    expect([...grouped(['a1', 'b1', 'a2'], (row) => row.slice(0, 1))]).toEqual([
      ['a', ['a1', 'a2']],
      ['b', ['b1']],
    ]);
  });
});
