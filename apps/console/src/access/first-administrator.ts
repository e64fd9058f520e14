import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HubAccountDesk } from '@sync-hub/runtime';
import type { ToldTo } from '../workbench-token.js';

/** Beside the console's token, where nobody sits at a terminal. */
export const FIRST_PASSWORD_FILE = 'first-password';

/**
 * Where there is no account yet, makes the first administrator, and tells the password for one sign-in: on the terminal, or else in a file for its owner alone, beside that of the token; never in a log.
 * Where nobody could be told, none is made.
 */
export async function beginWithAdministrator(accounts: Pick<HubAccountDesk, 'begin'>, { terminal, file }: ToldTo): Promise<void> {
  if (terminal.isTTY !== true && file === undefined) return;
  await accounts.begin(async ({ name, oneTimePassword }) => {
    if (terminal.isTTY === true) terminal.write(`Sign in as ${name} with this password, which is asked to be changed then: ${oneTimePassword}\n`);
    else if (file !== undefined) await writeFile(path.join(path.dirname(file), FIRST_PASSWORD_FILE), `${name} ${oneTimePassword}\n`, { mode: 0o600 });
  });
}
