import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newToken, tellAddress, tokenIn, workbenchAddress } from './workbench-token.js';

describe('the token of the workbench', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-token-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is another each time, and long enough that nobody guesses it', () => {
    expect(new Set([newToken(), newToken(), newToken()]).size).toBe(3);
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(16);
  });

  it('is made in its file, for its owner alone, and is the same at the next start', async () => {
    const file = path.join(folder, 'token');
    const token = await tokenIn(file);
    expect((await readFile(file, 'utf8')).trim()).toBe(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await tokenIn(file)).toBe(token);
  });

  it.each(['', 'short', `${'a'.repeat(40)} b`])('is not taken from a file that holds %p, and what it holds is not told', async (held) => {
    const file = path.join(folder, 'token');
    await writeFile(file, held);
    const error = await tokenIn(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: `${file}: is a token of 22 to 200 letters, digits, dashes and underscores` });
  });

  it('is told on a terminal, and to nobody who writes down what is said', () => {
    const said: string[] = [];
    const write = (text: string): number => said.push(text);
    expect(tellAddress('http://here#token=abc', { terminal: { isTTY: true, write }, file: undefined })).toBe('address-on-terminal');
    expect(tellAddress('http://here#token=abc', { terminal: { write }, file: 'a file' })).toBe('token-in-file');
    expect(tellAddress('http://here#token=abc', { terminal: { write }, file: undefined })).toBe('nobody-has-the-token');
    expect(said).toEqual(['Workbench: http://here#token=abc\n']);
  });

  it('stands in an address where no server sees it', () => {
    expect(new URL(workbenchAddress('http://127.0.0.1:4000', 'abc'))).toMatchObject({ pathname: '/board', search: '', hash: '#token=abc' });
  });
});
