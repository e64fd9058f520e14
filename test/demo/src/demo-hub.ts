import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { startStandalone } from '@sync-hub/standalone';
import type { World } from './world.js';

/** The system, in whichever shape it runs. */
export interface DemoHub {
  readonly consoleUrl: string;
  /** Where conflicts are answered, with the token. */
  readonly workbenchUrl: string;
  /** With the password in it: not to be shown. */
  readonly databaseUrl: string;
  /** Where the logs are, for people. */
  readonly logs: string;
  /** Rejects with a sentence for people when a part of it dies by itself; never resolves. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

/** All services in this process, on an embedded PostgreSQL. */
export async function startInOneProcess(world: World, say: (text: string) => void): Promise<DemoHub> {
  const logs = path.join(world.folder, 'hub.log');
  const log = createWriteStream(logs, { flags: 'a' });
  say('Starting PostgreSQL of its own and the hub, all services in this process ...');
  const standalone = await startStandalone({
    configurationFile: world.configurationFile,
    dataDir: path.join(world.folder, 'hub'),
    logins: world.logins,
    logStyle: 'json',
    logTo: { write: (line) => void log.write(line) },
  });
  return {
    consoleUrl: standalone.consoleUrl,
    workbenchUrl: standalone.workbenchUrl,
    databaseUrl: standalone.postgres?.url ?? '',
    logs,
    died: new Promise(() => undefined),
    stop: async () => {
      await standalone.stop();
      await new Promise((ended) => log.end(ended));
    },
  };
}
