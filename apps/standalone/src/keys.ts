import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The keys of a standalone hub: those of its data folder, made at its first start. Who has the data without this file has nothing. */
export async function keysOf(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'keys');
  await mkdir(dataDir, { recursive: true });
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const keys = `first:${randomBytes(32).toString('base64')}`;
  await writeFile(file, `${keys}\n`, { mode: 0o600, flag: 'wx' });
  return keys;
}
