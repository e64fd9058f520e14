import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BackupRefusedError } from './backup-refused.error.js';
import { isServing } from './postgres-cluster.js';
import { serverUser } from './server-user.js';

const Manifest = z.object({
  format: z.literal(1),
  takenAt: z.string(),
  postgres: z.string(),
  /** `fingerprintsOf` the keys that the database is sealed with. */
  keys: z.array(z.string()),
  /** SHA-256 by path below `cluster/`. */
  files: z.record(z.string(), z.string()),
});
/** What is written beside a backup: when it was taken, what can read it, and what it must consist of. */
export type BackupManifest = z.infer<typeof Manifest>;

/** Of a server that ran, not of its data. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts']);

/**
 * Copies the database of a hub that is stopped into `to`, a folder that must not be there yet, and answers with its manifest. The keys are not in
 * it. A copy that is cut short, or during which a server was started, leaves nothing behind. @throws BackupRefusedError
 */
export async function backUpCluster(dataDir: string, to: string, keys: readonly string[]): Promise<BackupManifest> {
  const cluster = path.join(path.resolve(dataDir), 'cluster');
  if (await isThere(to)) throw new BackupRefusedError(`${to} is there already: name a folder that is not`);
  const postgres = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (postgres === null) throw new BackupRefusedError(`there is no database in ${dataDir}`);
  await demandStopped(cluster);
  const partial = `${path.resolve(to)}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    const before = await controlOf(cluster);
    await mkdir(partial, { recursive: true, mode: 0o700 });
    const files = await copyFolder(cluster, path.join(partial, 'cluster'));
    // A server writes its control file before it changes anything else.
    if ((await controlOf(cluster)) !== before) throw new BackupRefusedError('Sync Hub was started while its database was copied: the copy was thrown away');
    const manifest: BackupManifest = { format: 1, takenAt: new Date().toISOString(), postgres: postgres.trim(), keys: [...keys], files };
    await writeFile(path.join(partial, 'backup.json'), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
    await rename(partial, to);
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The manifest of a backup, once every file of it was found as it was taken. @throws BackupRefusedError */
export async function verifyBackup(from: string): Promise<BackupManifest> {
  const text = await readFile(path.join(from, 'backup.json'), 'utf8').catch(() => null);
  const parsed = text === null ? null : Manifest.safeParse(jsonOf(text));
  if (parsed?.success !== true) throw new BackupRefusedError(`${from} is not a backup of Sync Hub: its backup.json is missing or cannot be read`);
  for (const [file, digest] of Object.entries(parsed.data.files)) {
    const found = await digestOf(path.join(from, 'cluster', file)).catch(() => 'missing');
    if (found !== digest) throw new BackupRefusedError(`the backup is damaged: ${file} is ${found === 'missing' ? 'missing' : 'not as it was taken'}`);
  }
  return parsed.data;
}

/** Puts a verified backup in place of the database of a stopped hub. What was there is kept beside it, under the name that is answered; `null` where nothing was. */
export async function restoreCluster(from: string, dataDir: string): Promise<string | null> {
  const folder = path.resolve(dataDir);
  const cluster = path.join(folder, 'cluster');
  await demandStopped(cluster);
  const partial = path.join(folder, 'restoring');
  await rm(partial, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  try {
    await copyFolder(path.join(from, 'cluster'), partial);
    await ownedByServer(partial);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  const aside = (await isThere(cluster)) ? `${cluster}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}` : null;
  if (aside !== null) await rename(cluster, aside);
  await rename(partial, cluster);
  return aside;
}

async function demandStopped(cluster: string): Promise<void> {
  if (await isServing(cluster))
    throw new BackupRefusedError(`Sync Hub is running on ${cluster}: stop it first. A copy of files that are being written is no backup`);
}

/** Every file with its digest; each is on disk when this answers. */
async function copyFolder(from: string, to: string, below = ''): Promise<Record<string, string>> {
  const { mode } = await lstat(path.join(from, below));
  await mkdir(path.join(to, below), { mode: mode & 0o777 });
  const files: Record<string, string> = {};
  for (const entry of await readdir(path.join(from, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    if (entry.isDirectory()) Object.assign(files, await copyFolder(from, to, name));
    else if (!entry.isFile()) throw new BackupRefusedError(`${name} is neither a file nor a folder: this database was changed by hand`);
    else if (!NOT_COPIED.has(name)) files[name] = await copyFile(path.join(from, name), path.join(to, name));
  }
  return files;
}

async function copyFile(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const [source, target] = [await open(from, 'r'), await open(to, 'wx', 0o600)];
  try {
    for await (const chunk of source.createReadStream({ autoClose: false })) {
      hash.update(chunk as Buffer);
      await target.appendFile(chunk as Buffer);
    }
    await target.sync();
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
  return hash.digest('hex');
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(file, 'r');
  for await (const chunk of source.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function ownedByServer(folder: string): Promise<void> {
  const user = serverUser();
  if (user === undefined) return;
  const below = await readdir(folder, { recursive: true });
  for (const name of ['', ...below]) await chown(path.join(folder, name), user.uid, user.gid);
}

const controlOf = (cluster: string): Promise<string> => digestOf(path.join(cluster, 'global', 'pg_control'));

const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
