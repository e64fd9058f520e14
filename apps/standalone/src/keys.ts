import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LostKeysError } from '@sync-hub/persistence';

/** The file of a data folder that holds its keys. */
export const keysFileOf = (dataDir: string): string => path.join(dataDir, 'keys');

/**
 * The keys of a standalone hub: those of its data folder, made at its first start, before its database. Who has the data without this file has
 * nothing, and that includes its owner: where a database is there and its keys are not, none are made. @throws LostKeysError
 */
export async function keysOf(dataDir: string): Promise<string> {
  const found = await foundKeysOf(dataDir);
  if (found !== null) return found;
  if (await isThere(path.join(dataDir, 'postgres', 'cluster'))) throw new LostKeysError(`the keys of this database are missing: ${keysFileOf(dataDir)}`);
  return newKeysOf(dataDir);
}

/** As `keysOf`, and new ones where they are missing: for a database whose sealed content is about to be forgotten. */
export async function keysOrNewOf(dataDir: string): Promise<string> {
  return (await foundKeysOf(dataDir)) ?? newKeysOf(dataDir);
}

async function foundKeysOf(dataDir: string): Promise<string | null> {
  try {
    return (await readFile(keysFileOf(dataDir), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function newKeysOf(dataDir: string): Promise<string> {
  const file = keysFileOf(dataDir);
  const keys = `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, `${keys}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return keys;
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
