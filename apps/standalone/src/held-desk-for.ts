import type { Configuration } from '@sync-hub/configuration';
import type { HeldDesk, RecordDesk } from '@sync-hub/contracts';
import { InProcessBus } from '@sync-hub/messaging';
import type { Database } from '@sync-hub/persistence';
import { dryRunOn } from '@sync-hub/pusher';
import { everyHeldDeskOn, type HeldDryRun, openHub, readEnv, recordDeskOn } from '@sync-hub/runtime';
import { keysGiven, vaultFor } from './desk-for.js';

/** The desk of the command line for what is held. Who asks why logs in at the sites, with what the environment says. @throws LostKeysError */
export async function heldDeskFor(database: Database, databaseUrl: string, current: Configuration): Promise<HeldDesk> {
  return everyHeldDeskOn(database, await vaultFor(database), () => current, dryRunAt(databaseUrl));
}

/** A hub that is only asked: no service of it starts, and it says nothing on any bus. */
function dryRunAt(databaseUrl: string): HeldDryRun {
  return async (row) => {
    const hub = await openHub({
      service: 'cli',
      configurationFile: readEnv(['SYNC_HUB_CONFIG']).SYNC_HUB_CONFIG,
      databaseUrl,
      keys: await keysGiven(),
      bus: async () => new InProcessBus(),
      poolSize: 4,
      logTo: { write: () => undefined },
    });
    try {
      return await dryRunOn(hub)(row);
    } finally {
      await hub.close();
    }
  };
}

/** The desk of the command line for one record. @throws LostKeysError */
export async function recordDeskFor(database: Database, current: Configuration): Promise<RecordDesk> {
  return recordDeskOn(database, await vaultFor(database), () => current);
}
