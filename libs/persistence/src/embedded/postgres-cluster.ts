import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseNotStartedError } from './database-not-started.error.js';
import { findBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { closedFolder, type ServerUser, serverUser } from './server-user.js';

export const DATABASE_USER = 'sync_hub';

/** A folder of data that a server can be started on. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser | undefined;
}

/** Opens the data in `dataDir`, making it first where there is none. Ends with no server running on it. */
export async function openCluster(dataDir: string, previousEndsWithinMs = 30_000): Promise<Cluster> {
  const user = serverUser();
  const folder = path.join(dataDir, 'cluster');
  await prepareFolder(dataDir, user);
  const major = Number(await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => '')) || undefined;
  const binaries = await findBinaries({ user, major, copyTo: path.join(dataDir, 'programs') });
  if (major === undefined) await initialise({ dataDir, folder, binaries, user });
  await awaitPreviousServer(folder, previousEndsWithinMs);
  return { folder, binaries, user, password: await readFile(passwordFile(folder), 'utf8') };
}

const passwordFile = (folder: string): string => path.join(folder, 'sync-hub.password');

async function prepareFolder(dataDir: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  if (user !== undefined) await chown(dataDir, user.uid, user.gid);
  const closed = closedFolder(dataDir, user);
  if (closed === undefined) return;
  throw new DatabaseNotStartedError(
    `PostgreSQL refuses to run as root, so it runs as "${user?.name}", who may not enter ${closed} on the way to ${dataDir}: choose another folder, for example below /var/tmp, or run as an ordinary user`,
  );
}

interface Initialise {
  readonly dataDir: string;
  readonly folder: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser | undefined;
}

/** Made beside its place and moved there whole, password included: being killed in the middle leaves nothing half made. */
async function initialise({ dataDir, folder, binaries, user }: Initialise): Promise<void> {
  const beside = await mkdtemp(path.join(dataDir, 'making-'));
  const made = path.join(beside, 'cluster');
  const password = path.join(beside, 'password');
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user !== undefined) await Promise.all([beside, password].map((each) => chown(each, user.uid, user.gid)));
  const flags = [
    '--encoding=UTF8',
    '--locale=C',
    '--auth=scram-sha-256',
    '--data-checksums',
    `--username=${DATABASE_USER}`,
    `--pwfile=${password}`,
    '--no-instructions',
  ];
  const run = spawnSync(binaries.initdb, ['-D', made, ...flags], {
    ...(user && { uid: user.uid, gid: user.gid }),
    cwd: beside,
    env: SERVER_ENV,
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    await rm(beside, { recursive: true, force: true });
    throw new DatabaseNotStartedError(`initdb could not make a database in ${dataDir}: ${run.stderr?.trim() || run.error?.message}`);
  }
  await rename(password, passwordFile(made));
  await rename(made, folder).catch(() => undefined); // another process was first
  await rm(beside, { recursive: true, force: true });
}

/** What a server sees of our environment: nothing, so that no secret of ours and no PG* setting reaches it. */
export const SERVER_ENV = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

/**
 * After a kill -9 of ours the previous server may be shutting down still; after one of its own its `postmaster.pid` stays behind, and the
 * number in it may belong to any process by now, which PostgreSQL would take for a server.
 */
async function awaitPreviousServer(folder: string, withinMs: number): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
    if (!(pid > 0)) return;
    if (!(await isServerOf(folder, pid))) return rm(file, { force: true });
    await delay(50);
  }
  throw new DatabaseNotStartedError(`another PostgreSQL is running on ${folder} (its process id is in postmaster.pid there): one folder serves one system`);
}

/** Is a server running on that folder of data now? */
export async function isServing(folder: string): Promise<boolean> {
  const pid = Number((await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  return pid > 0 && (await isServerOf(folder, pid));
}

async function isServerOf(folder: string, pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
    () => spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '',
  );
  return command.includes(folder);
}
