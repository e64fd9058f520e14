import { BrokerProcess } from './broker-process.js';
import { installedServer } from './installed-server.js';
import { Management, newVhost, type TestVhost } from './management.js';

/** A RabbitMQ that tests may use, where others may use it too. */
export interface TestRabbitMq {
  /** What it is, for the last lines of a test run. */
  readonly about: string;
  readonly url: string;
  /** Null where it has none that we may use. */
  readonly managementUrl: string | null;
  stop(): Promise<void>;
}

/** A RabbitMQ of our own, which may be treated badly. */
export interface PrivateRabbitMq extends TestRabbitMq {
  /** A new virtual host. It is there again, empty, after `wipe`. */
  vhost(): Promise<TestVhost>;
  /** kill -9; it stays down until `start`, and keeps what was on its disk. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** In order, on the same data. */
  restart(): Promise<void>;
  /** kill -9, and it comes back remembering nothing. */
  wipe(): Promise<void>;
}

/** A broker, or why there is none: tests then skip, and say so. */
export type Found<Broker> = { readonly broker: Broker } | { readonly broker: null; readonly reason: string };

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether apt may install a server; by default only in a test run or in CI. */
  readonly mayInstall?: boolean;
}

/** The first of: `AMQP_URL`, a container where Docker answers, an installed server started privately, one installed with apt (root on Debian or Ubuntu). */
export async function findRabbitMq(options: FindOptions = {}): Promise<Found<TestRabbitMq>> {
  const env = options.env ?? process.env;
  const given = env['AMQP_URL'];
  if (given !== undefined && given !== '') return { broker: await givenBroker(given, env['RABBITMQ_MANAGEMENT_URL']) };
  const container = env['NO_DOCKER'] === undefined ? await containerBroker() : null;
  return container === null ? privateRabbitMq(options) : { broker: container };
}

/** One of our own, whatever else there is: for tests that kill it. */
export async function privateRabbitMq({
  env = process.env,
  mayInstall = env['JEST_WORKER_ID'] !== undefined || env['CI'] !== undefined,
}: FindOptions = {}): Promise<Found<PrivateRabbitMq>> {
  const server = await installedServer(mayInstall);
  if ('reason' in server) return { broker: null, reason: server.reason };
  const broker = await BrokerProcess.prepare(server.program);
  try {
    await broker.start();
  } catch (error) {
    await broker.kill();
    return { broker: null, reason: error instanceof Error ? error.message : 'rabbitmq-server did not start' };
  }
  return { broker: await treatedBadly(broker) };
}

async function treatedBadly(broker: BrokerProcess): Promise<PrivateRabbitMq> {
  const management = new Management(broker.managementUrl);
  const vhosts = new Set<string>();
  return {
    about: `RabbitMQ ${await management.version()}, started privately`,
    url: broker.url,
    managementUrl: broker.managementUrl,
    vhost: async () => {
      const vhost = await newVhost(broker.url, management);
      vhosts.add(vhost.name);
      const drop = async (): Promise<void> => {
        vhosts.delete(vhost.name);
        await vhost.drop();
      };
      return { ...vhost, drop };
    },
    kill: () => broker.kill(),
    start: () => broker.start(),
    restart: async () => {
      await broker.shutDown();
      await broker.start();
    },
    wipe: async () => {
      await broker.kill();
      await broker.forget();
      await broker.start();
      for (const name of vhosts) await management.addVhost(name);
    },
    stop: () => broker.remove(),
  };
}

async function givenBroker(url: string, managementUrl: string | undefined): Promise<TestRabbitMq> {
  const guess = managementUrl ?? managementBeside(url);
  const answers = await new Management(guess).answers();
  return { about: 'the RabbitMQ of AMQP_URL', url, managementUrl: answers ? guess : null, stop: async () => undefined };
}

function managementBeside(url: string): string {
  const { hostname, username, password } = new URL(url);
  return `http://${username || 'guest'}:${password || 'guest'}@${hostname}:15672`;
}

async function containerBroker(): Promise<TestRabbitMq | null> {
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
  } catch {
    return null;
  }
  const { RabbitMQContainer } = await import('@testcontainers/rabbitmq');
  const container = await new RabbitMQContainer('rabbitmq:4.2-management').withStartupTimeout(120_000).start();
  const at = `${container.getHost()}:${container.getMappedPort(5672)}`;
  return {
    about: 'RabbitMQ in a container',
    url: `amqp://guest:guest@${at}`,
    managementUrl: `http://guest:guest@${container.getHost()}:${container.getMappedPort(15672)}`,
    stop: async () => void (await container.stop()),
  };
}
