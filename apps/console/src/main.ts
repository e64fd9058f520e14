import { shownOf } from '@sync-hub/configuration';
import { HealthServer, Meters } from '@sync-hub/observability';
import { OverviewRepository, openDatabase } from '@sync-hub/persistence';
import { inWords, openLog, readConfiguration, readEnv, untilTold } from '@sync-hub/runtime';
import { startConsole } from './start-console.js';
import { wordingOf } from './wording-of.js';

await inWords(async () => {
  // The page reads no record, so it needs neither keys nor logins, and it works while the bus is down.
  const env = readEnv(['SYNC_HUB_CONFIG', 'DATABASE_URL', 'SYNC_HUB_CONSOLE_PORT']);
  const configuration = await readConfiguration(env.SYNC_HUB_CONFIG);
  const meters = new Meters();
  const log = openLog({ service: 'console', instance: configuration.instance.id, meters, logStyle: env.SYNC_HUB_LOG });
  const database = await openDatabase(env.DATABASE_URL, 4);
  const page = await startConsole({
    overview: new OverviewRepository(database, shownOf(configuration)),
    wording: wordingOf(configuration),
    port: env.SYNC_HUB_CONSOLE_PORT,
    log,
  });
  const health = new HealthServer({
    host: env.SYNC_HUB_HTTP_HOST ?? '127.0.0.1',
    port: env.SYNC_HUB_HTTP_PORT ?? 0,
    meters,
    checks: { database: async () => (await database.query('select 1')).length === 1 },
  });
  await health.start();
  log.info('console-open', { host: '127.0.0.1', port: Number(new URL(page.url).port) });
  await untilTold();
  await health.stop();
  await page.stop();
  await database.close();
});
