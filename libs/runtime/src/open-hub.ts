import { configurationDigest, type Logins, type Plugins } from '@sync-hub/configuration';
import type { Bus } from '@sync-hub/messaging';
import { createLog, type Log, type LogLevel, Meters, readableLines, wantsReadableLines } from '@sync-hub/observability';
import { demandKeys, openDatabase, readMasterKeys, Vault } from '@sync-hub/persistence';
import { Hub } from './hub.js';
import { loadPlugins } from './load-plugins.js';
import { OpenmrsSiteClients } from './openmrs-site-clients.js';
import { readSettings } from './settings.js';
import { TIMES, type Times } from './times.js';

export interface HubToOpen {
  readonly service: string;
  /** Path of the configuration file. */
  readonly configurationFile: string;
  readonly databaseUrl: string;
  /** As `readMasterKeys` reads them. */
  readonly keys: string;
  readonly bus: (log: Log) => Promise<Bus>;
  readonly poolSize?: number;
  readonly logStyle?: 'json' | 'pretty' | undefined;
  /** Instead of the environment and files; for processes that know the logins themselves. */
  readonly logins?: Logins;
  readonly logTo?: { readonly write: (line: string) => void };
  readonly logLevel?: LogLevel;
  readonly times?: Partial<Times>;
  /** Instead of those that the environment names. */
  readonly plugins?: Plugins;
}

/** Opens everything a process shares: configuration, secrets, database, keys, bus, log. Throws with the place of what is wrong. */
export async function openHub({ service, configurationFile, databaseUrl, keys, bus, poolSize, logins, ...options }: HubToOpen): Promise<Hub> {
  const plugins = options.plugins ?? (await loadPlugins());
  const settings = await readSettings(configurationFile, { logins, plugins });
  const { configuration } = settings;
  const meters = new Meters();
  const times = { ...TIMES, ...options.times };
  const log = openLog({ ...options, service, instance: configuration.instance.id, meters });
  const vault = new Vault(readMasterKeys(keys));
  const database = await openDatabase(databaseUrl, poolSize);
  await demandKeys(database, vault).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const hub = new Hub({
    configuration,
    database,
    vault,
    bus: await bus(log),
    log,
    meters,
    clients: (repositories) => new OpenmrsSiteClients({ ...settings, repositories, times, meters }),
    times,
    logins: settings.logins,
    ...(settings.reports === undefined ? {} : { reports: settings.reports }),
    ...(settings.text === undefined ? {} : { text: settings.text }),
    readSettings: () => readSettings(configurationFile, { logins, plugins }),
    plugins,
  });
  log.info('hub-opened', { configuration: configurationDigest(configuration) });
  return hub;
}

/** How a process writes its log, and where to. */
export interface LogToOpen extends Pick<HubToOpen, 'service' | 'logTo' | 'logStyle' | 'logLevel'> {
  readonly instance: string;
  readonly meters: Meters;
}

/** The log of a process: JSON lines on its standard output, or lines for people where somebody sits at a terminal. */
export function openLog({ service, instance, meters, logTo, logStyle, logLevel }: LogToOpen): Log {
  const out = logTo ?? { write: (line: string) => void process.stdout.write(line) };
  const readable = wantsReadableLines(logStyle, process.stdout.isTTY === true);
  return createLog({
    service,
    instance,
    ...(logLevel === undefined ? {} : { level: logLevel }),
    destination: readable ? readableLines(out, process.stdout.isTTY === true) : out,
    onDropped: (count) => meters.logFieldsDropped(count),
  });
}
