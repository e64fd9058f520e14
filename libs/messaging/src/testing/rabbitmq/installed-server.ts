import { constants, rm, writeFile } from 'node:fs/promises';
import { installWithApt, isThere, whyNoApt } from '../apt.js';

/** Not Debian's wrapper in /usr/sbin: that one insists on root or the user `rabbitmq`, and on the one broker of the machine. */
const PLACES = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server', '/usr/local/opt/rabbitmq/sbin/rabbitmq-server'];

/** A program of RabbitMQ's, or why there is none. */
export type InstalledServer = { readonly program: string } | { readonly reason: string };

/** The installed rabbitmq-server; where there is none, and we may, one installed with apt. No broker of the machine's own is started by that. */
export async function installedServer(mayInstall: boolean): Promise<InstalledServer> {
  const program = await findServer();
  if (program !== null) return { program };
  if (!mayInstall) return { reason: 'no rabbitmq-server is installed' };
  const why = await whyNoApt();
  if (why !== null) return { reason: `no rabbitmq-server is installed, and ${why}` };
  try {
    await withoutServices(() => installWithApt('rabbitmq-server'));
  } catch {
    return { reason: 'no rabbitmq-server is installed, and apt-get could not install one' };
  }
  const installed = await findServer();
  return installed === null ? { reason: 'apt-get installed no rabbitmq-server that we can find' } : { program: installed };
}

async function findServer(): Promise<string | null> {
  for (const place of PLACES) if (await isThere(place, constants.X_OK)) return place;
  return null;
}

const POLICY = '/usr/sbin/policy-rc.d';

/** Debian's packages start their services when installed, unless this script says no. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (await isThere(POLICY, constants.F_OK)) return work();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    await rm(POLICY, { force: true });
  }
}
