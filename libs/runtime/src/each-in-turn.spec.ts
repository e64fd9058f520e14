import { describe, expect, it } from '@jest/globals';
import { eachInTurn } from './each-in-turn.js';

describe('work for one after another', () => {
  it('is done for each, whichever fail, and throws the first failure then', async () => {
    const seen: number[] = [];
    const work = async (n: number): Promise<void> => {
      await Promise.resolve();
      seen.push(n);
      if (n % 2 === 0) throw new Error(`no ${n}`);
    };
    await expect(eachInTurn([1, 2, 3, 4, 5], work)).rejects.toThrow('no 2');
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('throws nothing where all is done, or nothing is there to do', async () => {
    await expect(eachInTurn([1], async () => undefined)).resolves.toBeUndefined();
    await expect(eachInTurn([], () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
  });
});
