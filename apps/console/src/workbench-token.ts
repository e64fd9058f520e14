import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { BugError } from '@sync-hub/contracts';

const TOKEN = /^[\w-]{22,200}$/;

/** A token that nobody guesses: 128 bits. */
export const newToken = (): string => randomBytes(16).toString('base64url');

/**
 * The token that a file holds; where there is no such file, a new one, which the file then holds, for its owner alone to read. Throws a BugError where
 * the file holds something else than 22 to 200 letters, digits, dashes and underscores.
 */
export async function tokenIn(file: string): Promise<string> {
  const found = await readFile(file, 'utf8').catch(nullIfMissing);
  if (found === null) {
    const token = newToken();
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return token;
  }
  const token = found.trim();
  if (!TOKEN.test(token)) throw new BugError(`${file}: is a token of 22 to 200 letters, digits, dashes and underscores`);
  return token;
}

export interface ToldTo {
  /** Where a person sits at a terminal. */
  readonly terminal: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly file: string | undefined;
}

/** Tells whoever started it where the workbench opens: on the terminal, and nowhere else. How it can be opened, in one word for the log. */
export function tellAddress(address: string, { terminal, file }: ToldTo): 'address-on-terminal' | 'token-in-file' | 'nobody-has-the-token' {
  if (terminal.isTTY === true) terminal.write(`Workbench: ${address}\n`);
  if (file !== undefined) return 'token-in-file';
  return terminal.isTTY === true ? 'address-on-terminal' : 'nobody-has-the-token';
}

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

/** Where a person opens the workbench. What follows the # never leaves the browser: no log of any server has it. */
export const workbenchAddress = (consoleUrl: string, token: string): string => `${consoleUrl}/board#token=${token}`;
