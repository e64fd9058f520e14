import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { testDatabase } from '@sync-hub/persistence/testing';
import { type StandaloneOptions, startStandalone } from '@sync-hub/standalone';
import type { StartShape } from './hub-shape.js';

/** All services in this process, on a database of the test run's server. */
export const standaloneShape =
  (options: Partial<StandaloneOptions> = {}): StartShape =>
  async (world) => {
    const database = await testDatabase();
    const lines: string[] = [];
    const dataDir = path.join(world.folder, 'hub');
    const standalone = await startStandalone({
      configurationFile: world.configurationFile,
      dataDir,
      databaseUrl: database.url,
      logins: world.logins,
      logTo: { write: (line) => void lines.push(line) },
      logStyle: 'json',
      ...options,
    });
    return {
      databaseUrl: database.url,
      keys: (await readFile(path.join(dataDir, 'keys'), 'utf8')).trim(),
      log: async () => lines.join(''),
      stop: async () => {
        await standalone.stop();
        await database.drop();
      },
    };
  };
