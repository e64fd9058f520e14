import type { DynamicModule } from '@nestjs/common';
import { RabbitMqBus } from '@sync-hub/messaging';
import { readEnv } from './env.js';
import type { Hub } from './hub.js';
import { inWords } from './in-words.js';
import { messagingLog } from './messaging-log.js';
import { openHub } from './open-hub.js';
import { startServices } from './start-services.js';
import { untilTold } from './until-told.js';

/** Runs one service of the hub as a process of its own, over RabbitMQ, until it is told to end. One service of the hub sweeps. */
export function runService(service: string, module: (hub: Hub) => DynamicModule, { sweeps = false }: { readonly sweeps?: boolean } = {}): Promise<void> {
  return inWords(async () => {
    const env = readEnv(['SYNC_HUB_CONFIG', 'SYNC_HUB_KEYS', 'DATABASE_URL', 'AMQP_URL']);
    const hub = await openHub({
      service,
      configurationFile: env.SYNC_HUB_CONFIG,
      databaseUrl: env.DATABASE_URL,
      keys: env.SYNC_HUB_KEYS,
      bus: (log) => RabbitMqBus.open({ url: env.AMQP_URL, name: service, logger: messagingLog(log) }),
      logStyle: env.SYNC_HUB_LOG,
    });
    const started = await startServices({
      hub,
      services: [service],
      modules: [module],
      busIsEmpty: false,
      sweeps,
      health: { host: env.SYNC_HUB_HTTP_HOST ?? '127.0.0.1', port: env.SYNC_HUB_HTTP_PORT ?? 0 },
    });
    await untilTold();
    await started.stop();
    await hub.close();
  });
}
