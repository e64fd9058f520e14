import { type Configuration, shownOf } from '@sync-hub/configuration';
import { HealthServer, type Log, Meters } from '@sync-hub/observability';
import {
  AskedWhyRepository,
  AuditMessageRepository,
  ConflictReportRepository,
  type Database,
  demandKeys,
  OverviewRepository,
  openDatabase,
  ReceivedConflictRepository,
  ReceivedWorkRepository,
  readMasterKeys,
  Vault,
} from '@sync-hub/persistence';
import {
  accountDesksOn,
  askedElsewhere,
  auditDeskOn,
  bulkDeskOn,
  configurationDeskOn,
  deskOn,
  everyDesk,
  everyHeldDeskOn,
  feedDeskOn,
  instancesOn,
  inWords,
  linkDeskOn,
  loadPlugins,
  manualRunDeskOn,
  openLog,
  ownDeskOn,
  patientDeskOn,
  readConfiguration,
  readEnv,
  receivingIn,
  recordDeskOn,
  ruleDeskOn,
  type Settings,
  SettingsWatch,
  TIMES,
  untilTold,
  widgetDeskOn,
} from '@sync-hub/runtime';
import { beginWithAdministrator } from './access/first-administrator.js';
import type { ConsoleParts } from './console.module.js';
import { reachOf, startConsole } from './start-console.js';
import { wordingOf } from './wording-of.js';
import { newToken, tellAddress, tokenIn, workbenchAddress } from './workbench-token.js';

await inWords(async () => {
  // What conflicts are about is sealed: it needs the keys. It asks no site, so it needs no logins, and it works while the bus is down.
  const env = readEnv(['SYNC_HUB_CONFIG', 'SYNC_HUB_KEYS', 'DATABASE_URL', 'SYNC_HUB_CONSOLE_PORT']);
  const vault = new Vault(readMasterKeys(env.SYNC_HUB_KEYS));
  const { SYNC_HUB_CONSOLE_TOKEN_FILE: tokenFile } = env;
  const token = tokenFile === undefined ? newToken() : await tokenIn(tokenFile);
  const read = async (): Promise<Settings> => ({ configuration: await readConfiguration(env.SYNC_HUB_CONFIG), logins: new Map() });
  let current = await read();
  const meters = new Meters();
  const log = openLog({ service: 'console', instance: current.configuration.instance.id, meters, logStyle: env.SYNC_HUB_LOG });
  const database = await openDatabase(env.DATABASE_URL, 4);
  await demandKeys(database, vault);
  const people = accountDesksOn(database, current.configuration.instance.id);
  await beginWithAdministrator(people.accounts, { terminal: process.stderr, file: tokenFile });
  const page = await startConsole({
    overview: new OverviewRepository(database, () => shownOf(current.configuration)),
    wording: () => wordingOf(current.configuration),
    ...(await desksOf(database, vault, env.SYNC_HUB_CONFIG, () => current.configuration)),
    report: new ConflictReportRepository(database),
    audit: { messages: new AuditMessageRepository(database), configuration: () => current.configuration },
    people,
    token,
    port: env.SYNC_HUB_CONSOLE_PORT,
    ...reachOf(() => current.configuration),
    log,
  });
  const health = healthOn(database, meters, { host: env.SYNC_HUB_HTTP_HOST, port: env.SYNC_HUB_HTTP_PORT });
  await health.start();
  const watch = watching(
    log,
    read,
    () => current,
    (settings) => {
      current = settings;
    },
  );
  watch.start();
  const workbench = tellAddress(workbenchAddress(page.url, token), { terminal: process.stderr, file: tokenFile });
  log.info('console-open', { host: current.configuration.instance.console?.host ?? '127.0.0.1', port: Number(new URL(page.url).port), state: workbench });
  await untilTold();
  await watch.stop();
  await health.stop();
  await page.stop();
  await database.close();
});

function healthOn(
  database: Database,
  meters: Meters,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string | undefined; readonly port?: number | undefined },
): HealthServer {
  return new HealthServer({ host, port, meters, checks: { database: async () => (await database.query('select 1')).length === 1 } });
}

/** Titles, and the instances that report here, as the file has them now. */
async function desksOf(
  database: Database,
  vault: Vault,
  file: string,
  current: () => Configuration,
): Promise<
  Pick<
    ConsoleParts,
    'instances' | 'desk' | 'rules' | 'bulk' | 'held' | 'runs' | 'feeds' | 'links' | 'patients' | 'own' | 'widgets' | 'records' | 'auditDesk' | 'configuration'
  >
> {
  const own = deskOn(database, vault, {
    get sites() {
      return current().sites;
    },
  });
  return {
    instances: instancesOn(new ReceivedWorkRepository(database, vault), () => receivingIn(current())),
    desk: everyDesk(own, new ReceivedConflictRepository(database, vault), current),
    rules: ruleDeskOn(database, current),
    bulk: bulkDeskOn(database, vault, own),
    // It asks no site: a pusher on the same database has the logins, and looks.
    held: everyHeldDeskOn(database, vault, current, askedElsewhere(new AskedWhyRepository(database))),
    runs: manualRunDeskOn(database, current),
    feeds: feedDeskOn(database, current),
    own: ownDeskOn(database, vault, current),
    widgets: widgetDeskOn(database, vault, current),
    links: linkDeskOn(database, vault, current),
    patients: patientDeskOn(database, vault, current),
    records: recordDeskOn(database, vault, current),
    // The logins are the other services' alone.
    configuration: configurationDeskOn(database, vault, { file, plugins: await loadPlugins(), current, secrets: null, origin: 'console' }),
    auditDesk: auditDeskOn(database, vault, current),
  };
}

/** Titles and links as the file has them now. */
function watching(log: Log, read: () => Promise<Settings>, current: () => Settings, take: (settings: Settings) => void): SettingsWatch {
  return new SettingsWatch({
    everyMs: TIMES.configurationPollMs,
    log,
    read,
    current,
    take: async (settings) => {
      take(settings);
      log.info('configuration-taken');
    },
    refuse: async (error) => {
      if (error !== null) log.error('configuration-refused', error, { code: error.code });
    },
  });
}
