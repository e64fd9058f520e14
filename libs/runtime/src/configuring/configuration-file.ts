import { randomUUID } from 'node:crypto';
import { access, chmod, chown, constants, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CannotSave, SyncError } from '@sync-hub/contracts';

/** The file cannot be written where it lies. Nothing was changed. */
export class ConfigurationNotSavedError extends SyncError {
  readonly retry = 'never';
  constructor(
    readonly reason: CannotSave,
    file: string,
  ) {
    super('configuration-not-saved', `${file} cannot be written: ${reason}`, { reason });
  }
}

/** Why nobody can save the configuration where it lies; `null` where one can. */
export async function whyNotSaved(file: string): Promise<CannotSave | null> {
  const real = await realpath(file).catch(() => null);
  if (real === null) return 'not-there';
  if (await isOfConfigMap(file)) return 'config-map';
  const [held, folder] = await Promise.all([stat(real), stat(path.dirname(real))]);
  // Whoever took the right to write from everybody means that, though an account that may do anything could.
  if ((held.mode & 0o222) === 0 || !(await isWritable(real))) return 'file-read-only';
  if (!(await isWritable(path.dirname(real)))) return 'folder-read-only';
  return held.dev === folder.dev ? null : 'mounted-file';
}

/**
 * Puts another text in the place of the file's, in one step: whoever reads meanwhile reads the one or the other, and a loss of power leaves one of them. What it is
 * called, who owns it and who may read it stays; a link stays a link. @throws ConfigurationNotSavedError
 */
export async function writeConfigurationFile(file: string, text: string): Promise<void> {
  const real = await realpath(file).catch(() => {
    throw new ConfigurationNotSavedError('not-there', file);
  });
  const beside = path.join(path.dirname(real), `.${path.basename(real)}.${randomUUID()}.new`);
  try {
    const { mode, uid, gid } = await stat(real);
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(text, 'utf8');
      await chown(beside, uid, gid).catch(() => undefined);
      await chmod(beside, mode & 0o777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, real);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new ConfigurationNotSavedError(reasonOf(error), file);
  }
  await syncFolder(path.dirname(real));
}

/** The name in the folder is on the disk too. Some file systems do not let a folder be opened for that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function reasonOf(error: unknown): CannotSave {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'EBUSY' || code === 'EXDEV' ? 'mounted-file' : 'folder-read-only';
}

/** The kubelet swaps the link `..data` as a ConfigMap changes, and would take back whatever somebody wrote there. */
const isOfConfigMap = (file: string): Promise<boolean> =>
  readlink(path.join(path.dirname(file), '..data')).then(
    () => true,
    () => false,
  );

const isWritable = (place: string): Promise<boolean> =>
  access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
