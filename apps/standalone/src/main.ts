import { tellAddress } from '@sync-hub/console';
import { inWords, readEnv, untilTold } from '@sync-hub/runtime';
import { startStandalone } from './standalone.js';

await inWords(async () => {
  const env = readEnv(['SYNC_HUB_CONFIG', 'SYNC_HUB_DATA']);
  const standalone = await startStandalone({
    configurationFile: env.SYNC_HUB_CONFIG,
    dataDir: env.SYNC_HUB_DATA,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    ...(env.SYNC_HUB_LOG === undefined ? {} : { logStyle: env.SYNC_HUB_LOG }),
    console: {
      terminal: process.stderr,
      ...(env.SYNC_HUB_CONSOLE_PORT === undefined ? {} : { port: env.SYNC_HUB_CONSOLE_PORT }),
      ...(env.SYNC_HUB_CONSOLE_TOKEN_FILE === undefined ? {} : { tokenFile: env.SYNC_HUB_CONSOLE_TOKEN_FILE }),
    },
    ...(env.SYNC_HUB_HTTP_PORT === undefined ? {} : { health: { host: env.SYNC_HUB_HTTP_HOST ?? '127.0.0.1', port: env.SYNC_HUB_HTTP_PORT } }),
  });
  const workbench = tellAddress(standalone.workbenchUrl, { terminal: process.stderr, file: 'console-token' });
  standalone.hub.parts.log.info('console-open', { host: '127.0.0.1', port: Number(new URL(standalone.consoleUrl).port), state: workbench });
  await untilTold();
  await standalone.stop();
});
