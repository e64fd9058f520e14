import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { type Configuration, ConfigurationError, loadConfiguration, type Plugins } from '@sync-hub/configuration';
import { BugError, type ConfigurationDesk } from '@sync-hub/contracts';
import { ConfigurationVersionRepository, type Database, type Vault } from '@sync-hub/persistence';
import { configurationDeskOn, loadPlugins } from '@sync-hub/runtime';
import { checkLines, savedLines, versionLine } from './configuration-lines.js';
import { parsed } from './parsed.js';

type Say = (line: string) => void;

const USAGE = `config history [--limit N]        who changed the configuration, when, why and where; the newest first
config show N                     what version N says, with what may be a secret taken out
config diff N|FILE                what would change with version N, or with that file, and what follows
config rollback N --why TEXT      version N comes back into the file, as a version of its own; the hub takes it as any other change`;

const VERBS: readonly (string | undefined)[] = ['history', 'show', 'diff', 'rollback'];
export const isOfHistory = (verb: string | undefined): boolean => VERBS.includes(verb);

const LISTED = 20;

/** What the commands stand on. */
export interface ConfigurationCommands {
  readonly database: Database;
  readonly vault: Vault;
  readonly file: string;
  readonly say: Say;
}

/** The versions of the configuration, from the command line. Answers with the exit code. */
export async function configurationHistory(args: readonly string[], { database, vault, file, say }: ConfigurationCommands): Promise<number> {
  const given = parsed(args, { limit: { type: 'string' }, why: { type: 'string' } });
  const [verb, which = '', more] = given?.words ?? [];
  const { limit = String(LISTED), why = '' } = given?.values ?? {};
  const isUsed =
    verb === 'history' ? which === '' && /^[1-9]\d{0,3}$/.test(limit) : which !== '' && more === undefined && (verb !== 'rollback' || why.trim() !== '');
  if (given === null || !isUsed) {
    say(USAGE);
    return 1;
  }
  const desk = await deskFor(database, vault, file);
  if (verb === 'history') return list(desk, Number(limit), say);
  if (verb === 'rollback') return rollBack(desk, { version: numberOf(which), why: why.trim(), file }, say);
  return verb === 'show' ? show(desk, numberOf(which), say) : differ(desk, which, say);
}

async function list(desk: ConfigurationDesk, limit: number, say: Say): Promise<number> {
  const versions = await desk.versions(limit);
  for (const version of versions) say(versionLine(version));
  if (versions.length === 0) say('No version is kept yet: the hub keeps the first as it starts.');
  return 0;
}

async function show(desk: ConfigurationDesk, number: number, say: Say): Promise<number> {
  const found = await desk.version(number);
  if (found?.text == null) throw noSuchVersion();
  say(found.text.trimEnd());
  return 0;
}

async function differ(desk: ConfigurationDesk, which: string, say: Say): Promise<number> {
  const check = /^\d+$/.test(which) ? await desk.checkVersion(numberOf(which)) : await desk.check(await readFile(which, 'utf8'));
  if (check === null) throw noSuchVersion();
  for (const line of checkLines(check)) say(line);
  return check.problems.length === 0 ? 0 : 1;
}

async function rollBack(
  desk: ConfigurationDesk,
  { version, why, file }: { readonly version: number; readonly why: string; readonly file: string },
  say: Say,
): Promise<number> {
  const { base } = await desk.state();
  const check = await desk.checkVersion(version);
  for (const line of check === null ? [] : checkLines(check)) say(line);
  const done = await desk.rollBack({ version, base, why }, userInfo().username);
  for (const line of savedLines(done, file)) say(line);
  return done.kind === 'saved' || done.kind === 'same' ? 0 : 1;
}

const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

const noSuchVersion = (): BugError => new BugError('there is no such version, or the keys do not open it; config history lists them');

async function deskFor(database: Database, vault: Vault, file: string): Promise<ConfigurationDesk> {
  const plugins = await loadPlugins();
  const current = await currentIn(file, new ConfigurationVersionRepository(database, vault), plugins);
  // The secrets are the hub's: where one is missing it does not take what comes, and says so.
  return configurationDeskOn(database, vault, { file, plugins, current: () => current, secrets: null, origin: 'command-line' });
}

/** What the file says; where that is no configuration, what was kept last that is one: somebody wants it back. */
async function currentIn(file: string, versions: ConfigurationVersionRepository, plugins: Plugins): Promise<Configuration> {
  try {
    return loadConfiguration(await readFile(file, 'utf8'), file, plugins);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const kept = await versions.newestThat((text) => isConfiguration(text, plugins));
    if (kept === null) throw error;
    return loadConfiguration(kept, file, plugins);
  }
}

function isConfiguration(text: string, plugins: Plugins): boolean {
  try {
    return loadConfiguration(text, 'a version', plugins).sites.length > 0;
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}
