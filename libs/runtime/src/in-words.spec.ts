import { describe, expect, it } from '@jest/globals';
import { BugError } from '@sync-hub/contracts';
import { inWords } from './in-words.js';

describe('what stops a process', () => {
  const lastWordsOf = async (work: () => Promise<void>) => {
    const said: string[] = [];
    const ended: number[] = [];
    await inWords(work, { say: (text) => void said.push(text), end: (code) => void ended.push(code) });
    return { said, ended };
  };

  it('is said in our own words, and ends it', async () => {
    const failing = async () => {
      throw new BugError('the environment does not fit: DATABASE_URL: is not set');
    };
    expect(await lastWordsOf(failing)).toEqual({ said: ['the environment does not fit: DATABASE_URL: is not set'], ended: [1] });
  });

  it('is told by name and place alone where another library says it, for its text may hold anything', async () => {
    const { said, ended } = await lastWordsOf(async () => JSON.parse('{"name": "Achieng'));
    expect(said[0]).toMatch(/^unexpected SyntaxError \(at in-words\.spec\.ts:\d+/);
    expect(said.join()).not.toContain('Achieng');
    expect(ended).toEqual([1]);
  });

  it('is nothing where it ends well', async () => {
    expect(await lastWordsOf(async () => undefined)).toEqual({ said: [], ended: [] });
  });
});
