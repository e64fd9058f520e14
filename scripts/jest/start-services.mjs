/**
 * Jest's `globalSetup`: the run's own process stands by to start PostgreSQL and RabbitMQ, to find a browser and to build the workbench when the first
 * test file asks for them, so that all files share one of each, runs without such files start none, and it ends with the run however the run ends.
 */
import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { register } from 'node:module';
import { buildWorkbench } from '../workbench.mjs';

export default async function startServices() {
  register('../typescript-hooks.mjs', import.meta.url);
  const running = new Map();
  const secret = randomBytes(16).toString('hex');
  const starters = { postgres: startPostgres, rabbitmq: startRabbitMq, chromium: provideChromium, workbench: provideWorkbench };
  const door = createServer(async (request, response) => {
    const starter = request.url.startsWith(`/${secret}/`) ? starters[request.url.slice(secret.length + 2)] : undefined;
    if (starter === undefined) return void response.writeHead(404).end();
    if (!running.has(request.url)) running.set(request.url, starter());
    const answer = await running.get(request.url).then(
      (service) => ({ status: 200, body: JSON.stringify(service) }),
      (error) => ({ status: 503, body: error.message }),
    );
    // Else a worker that asks again, after longer than a connection is kept, finds it closed under its question.
    response.writeHead(answer.status, { connection: 'close' }).end(answer.body);
  });
  await new Promise((listening) => door.listen(0, '127.0.0.1', listening));
  door.unref();
  process.env.SYNC_HUB_TEST_SERVICES = `http://127.0.0.1:${door.address().port}/${secret}`;
  globalThis.stopTestServices = async () => {
    door.close();
    door.closeAllConnections();
    const services = await Promise.allSettled(running.values());
    await Promise.all(services.map(({ value }) => value?.stop?.()));
  };
}

async function startPostgres() {
  const { startTestDatabaseServer } = await import('../../libs/persistence/src/testing/database-server.ts');
  const server = await startTestDatabaseServer();
  await note('used', server.about);
  return server;
}

async function startRabbitMq() {
  const { findRabbitMq } = await import('../../libs/messaging/src/testing/rabbitmq/private-rabbitmq.ts');
  const { broker, reason } = await findRabbitMq({ mayInstall: true });
  await note(broker === null ? 'missing' : 'used', broker === null ? `what needs RabbitMQ: ${reason}` : broker.about);
  if (broker === null) throw new Error(reason);
  return broker;
}

async function provideChromium() {
  const { findChromium } = await import('../../test/browser/find-chromium.ts');
  const found = await findChromium({ mayInstall: true });
  await note('reason' in found ? 'missing' : 'used', 'reason' in found ? `what needs a browser: ${found.reason}` : found.about);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

async function provideWorkbench() {
  await buildWorkbench();
  return {};
}

/** For the last lines of `npm test`. */
async function note(kind, text) {
  if (process.env.SYNC_HUB_TEST_NOTES) await appendFile(process.env.SYNC_HUB_TEST_NOTES, `${JSON.stringify({ kind, text })}\n`);
}
