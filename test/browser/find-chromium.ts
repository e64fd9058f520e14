import { execFile } from 'node:child_process';
import { constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { installWithApt, isThere, whyNoApt } from '@sync-hub/messaging/testing';

const run = promisify(execFile);

/** A browser for tests, or why there is none: they are then skipped, and say so. */
export type FoundChromium = { readonly program: string; readonly about: string } | { readonly reason: string };

/** What it is started with: no sandbox, which root has none of, and nothing of its own to do on the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/snap/bin/chromium'];

/** The first of: the program that `CHROMIUM_PATH` names, an installed Chromium or Chrome, one installed with apt (root on Debian or Ubuntu). */
export async function findChromium({
  env = process.env,
  mayInstall,
}: {
  readonly env?: NodeJS.ProcessEnv;
  readonly mayInstall: boolean;
}): Promise<FoundChromium> {
  const given = env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return about(given);
  const installed = await installedChromium(env);
  if (installed !== null) return about(installed);
  if (!mayInstall) return { reason: 'no Chromium is installed' };
  const why = await whyNoApt();
  if (why !== null) return { reason: `no Chromium is installed, and ${why}` };
  try {
    await installWithApt('chromium');
  } catch {
    return { reason: 'no Chromium is installed, and apt-get could not install one' };
  }
  const found = await installedChromium(env);
  return found === null ? { reason: 'apt-get installed no Chromium that we can find' } : about(found);
}

async function installedChromium(env: NodeJS.ProcessEnv): Promise<string | null> {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...ELSEWHERE];
  for (const place of places) if (await isThere(place, constants.X_OK)) return place;
  return null;
}

/** It must say its version: a wrapper without its browser does not. */
async function about(program: string): Promise<FoundChromium> {
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 30_000 });
    return { program, about: stdout.trim().split('\n').at(-1) ?? program };
  } catch {
    return { reason: `${program} does not start` };
  }
}
