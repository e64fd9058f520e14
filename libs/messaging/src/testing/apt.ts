import { execFile } from 'node:child_process';
import { access, constants, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why apt cannot install anything here, to follow an "and"; null where it can. */
export async function whyNoApt(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'only root may install one';
  return (await isDebian()) ? null : 'this is neither Debian nor Ubuntu';
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && (await isThere('/usr/bin/apt-get', constants.X_OK));
}

let before: Promise<unknown> = Promise.resolve();

/** Installs a package of Debian's, one at a time; rejects where apt cannot. */
export function installWithApt(name: string): Promise<void> {
  const installed = before.then(() => installNow(name));
  before = installed.catch(() => undefined);
  return installed;
}

async function installNow(name: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): Promise<unknown> =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=180', '-y', ...args], { env, timeout: 300_000, maxBuffer: 16_777_216 });
  const install = (): Promise<unknown> => apt('install', '--no-install-recommends', name);
  await install().catch(async () => {
    await apt('update');
    await install();
  });
}

/** Is that there, and may it be used so? `mode` as of `fs.constants`. */
export const isThere = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
