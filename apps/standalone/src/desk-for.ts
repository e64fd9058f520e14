import type { Configuration } from '@sync-hub/configuration';
import type { ConflictDesk } from '@sync-hub/contracts';
import { type Database, demandKeys, ReceivedConflictRepository, readMasterKeys, Vault } from '@sync-hub/persistence';
import { deskOn, everyDesk, readEnv } from '@sync-hub/runtime';
import { keysOf } from './keys.js';

/** The desk of the command line, with the conflicts of the instances that report here. @throws LostKeysError */
export async function deskFor(database: Database, current: Configuration): Promise<ConflictDesk> {
  const vault = await vaultFor(database);
  return everyDesk(deskOn(database, vault, current), new ReceivedConflictRepository(database, vault), () => current);
}

/** Opens what is sealed with the keys of the environment, or with those of a standalone hub's data folder. @throws LostKeysError */
export async function vaultFor(database: Database): Promise<Vault> {
  const vault = new Vault(readMasterKeys(await keysGiven()));
  await demandKeys(database, vault);
  return vault;
}

/** As `readMasterKeys` reads them. */
export async function keysGiven(): Promise<string> {
  const { SYNC_HUB_KEYS: given } = readEnv([]);
  return given ?? (await keysOf(readEnv(['SYNC_HUB_DATA']).SYNC_HUB_DATA));
}
