import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { World } from '@sync-hub/demo';
import { testDatabase } from '@sync-hub/persistence/testing';
import { startStandalone } from '@sync-hub/standalone';

/** A hub that runs, in whatever shape. */
export interface HubShape {
  readonly databaseUrl: string;
  readonly keys: string;
  /** Everything it has logged. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

export type StartShape = (world: World) => Promise<HubShape>;

/** All services in this process, on a database of the test run's server. */
export const standaloneShape: StartShape = async (world) => {
  const database = await testDatabase();
  const lines: string[] = [];
  const standalone = await startStandalone({
    configurationFile: world.configurationFile,
    dataDir: world.folder,
    databaseUrl: database.url,
    logins: world.logins,
    logTo: { write: (line) => void lines.push(line) },
    logStyle: 'json',
  });
  return {
    databaseUrl: database.url,
    keys: (await readFile(path.join(world.folder, 'keys'), 'utf8')).trim(),
    lines,
    stop: async () => {
      await standalone.stop();
      await database.drop();
    },
  };
};
