import path from 'node:path';
import { type Configuration, linksRunAt } from '@sync-hub/configuration';
import {
  BackupRefusedError,
  backUpCluster,
  ChangeRepository,
  FirstContactRepository,
  fingerprintsOf,
  migrate,
  openDatabase,
  restoreCluster,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
  verifyBackup,
} from '@sync-hub/persistence';
import { keysFileOf, keysOf, keysOrNewOf } from './keys.js';

type Say = (line: string) => void;

const postgresIn = (dataDir: string): string => path.join(dataDir, 'postgres');

/** Copies the embedded database of a stopped hub into a new folder. The keys stay where they are, and it says so. */
export async function backUp(dataDir: string, to: string, say: Say): Promise<number> {
  const { files } = await backUpCluster(postgresIn(dataDir), to, fingerprintsOf(await keysOf(dataDir)));
  say(`${to}: ${Object.keys(files).length} files, each with its checksum.`);
  say('');
  say(`THE KEYS ARE NOT IN IT. Without ${keysFileOf(dataDir)} nobody can open what it holds of records.`);
  say('Keep a copy of that file somewhere else than the backups: who has both can read them.');
  return 0;
}

/**
 * Puts a backup in place of the embedded database of a stopped hub. What it believes of the sites is older than they are, so that it is all
 * forgotten: every record meets its other end as if for the first time, where nothing is overwritten without asking.
 */
export async function restore(dataDir: string, from: string, current: Configuration, say: Say): Promise<number> {
  demandReadOnly(current);
  const { takenAt, keys } = await verifyBackup(from);
  const missing = await missingKeys(dataDir, keys);
  if (missing)
    throw new BackupRefusedError(
      `${keysFileOf(dataDir)} does not have the keys of this backup: put the file that belongs to it there first. Nothing was changed`,
    );
  const aside = await restoreCluster(from, postgresIn(dataDir));
  if (aside !== null) say(`What was there is kept in ${aside}; delete it once you no longer want it.`);
  const records = await forgetAll(dataDir, current);
  say(`The database is as it was on ${takenAt}.`);
  sayWhatFollows(records, say);
  return 0;
}

/** For a hub whose keys are lost for good: forgets all that it cannot read, with new keys where there are none. */
export async function forgetAgreements(dataDir: string, current: Configuration, say: Say): Promise<number> {
  demandReadOnly(current);
  if ((await runningEmbeddedPostgres(postgresIn(dataDir))) !== null) throw new BackupRefusedError('Sync Hub is running, or was killed: stop it first');
  await keysOrNewOf(dataDir);
  sayWhatFollows(await forgetAll(dataDir, current), say);
  say(`Keep a copy of ${keysFileOf(dataDir)}, away from your backups.`);
  return 0;
}

function demandReadOnly(current: Configuration): void {
  if (current.instance.readOnly) return;
  throw new BackupRefusedError(
    'first say readOnly: true under instance in the configuration: afterwards nothing may be written anywhere before somebody has looked. Nothing was changed',
  );
}

async function missingKeys(dataDir: string, wanted: readonly string[]): Promise<boolean> {
  const here = await keysOf(dataDir).then(fingerprintsOf);
  return wanted.some((one) => !here.includes(one));
}

/** Starts the database for as long as it takes; nobody else uses it. */
async function forgetAll(dataDir: string, current: Configuration): Promise<number> {
  const postgres = await startEmbeddedPostgres({ dataDir: postgresIn(dataDir) });
  try {
    await migrate(postgres.url);
    const database = await openDatabase(postgres.url, 2);
    try {
      const ends = linksRunAt(current).map(({ id, parent, child }) => ({ link: id, sites: [parent, child] }));
      const contacts = new FirstContactRepository(new ChangeRepository(database));
      return (await database.transaction((tx) => contacts.everywhere(tx, ends))).result;
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
  }
}

function sayWhatFollows(records: number, say: Say): void {
  say(`${records} records are looked at again at both their ends, as if they had never met: what is equal is agreed on, what differs is asked about.`);
  say('Start Sync Hub. It writes nothing while readOnly is true: look at what it would write, and at what is held (status), and then take readOnly out.');
}
