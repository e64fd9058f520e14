import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../until.js';
import { killGroup, spawnWithUs } from './child-with-us.js';
import { Management } from './management.js';

const USER = 'sync-hub';
const PASSWORD = 'only-on-127.0.0.1';
const STARTS_WITHIN_MS = 90_000;
const STARTS_TRIED = 5;
const STOPS_WITHIN_MS = 30_000;
const LOOKS_EVERY_MS = 100;

interface Ports {
  readonly amqp: number;
  readonly dist: number;
  readonly epmd: number;
  readonly management: number;
}

/**
 * An installed rabbitmq-server as a child process of ours: its own ports, folder, cookie and port mapper, all on 127.0.0.1, as root or not. It ends
 * when we end, however that is. The ports and the data stay over `kill` and `start`.
 */
export class BrokerProcess {
  #broker: ChildProcess | null = null;
  #epmd: ChildProcess | null = null;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly ports: Ports,
  ) {}

  static async prepare(program: string): Promise<BrokerProcess> {
    const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-rabbitmq-'));
    const [amqp, dist, epmd, management] = await freePorts(4);
    const broker = new BrokerProcess(program, folder, { amqp: amqp!, dist: dist!, epmd: epmd!, management: management! });
    await broker.configure();
    return broker;
  }

  get url(): string {
    return `amqp://${USER}:${PASSWORD}@127.0.0.1:${this.ports.amqp}`;
  }

  get managementUrl(): string {
    return `http://${USER}:${PASSWORD}@127.0.0.1:${this.ports.management}`;
  }

  /** Resolves when it takes connections and its management answers. Tried again where it ends at once, as it does while its killed predecessor still holds its name or ports. */
  async start(): Promise<void> {
    this.#epmd ??= await this.startEpmd();
    for (let tried = 1; ; tried += 1) {
      const broker = this.spawn();
      if (await this.comesUp(broker)) return;
      if (tried === STARTS_TRIED) throw new Error(`rabbitmq-server ended ${tried} times while starting, see ${this.folder}/output.log`);
    }
  }

  private spawn(): ChildProcess {
    const log = openSync(path.join(this.folder, 'output.log'), 'a', 0o600);
    const broker = spawnWithUs(this.program, [], { env: this.env(), folder: this.folder, log });
    closeSync(log);
    this.#broker = broker;
    return broker;
  }

  /** False where it ended before it answered. */
  private async comesUp(broker: ChildProcess): Promise<boolean> {
    const management = new Management(this.managementUrl);
    const hasEnded = (): boolean => broker.exitCode !== null || broker.signalCode !== null;
    await until('RabbitMQ starts', async () => hasEnded() || (await management.answers()), STARTS_WITHIN_MS, LOOKS_EVERY_MS);
    return !hasEnded();
  }

  /** In order: everything is on disk, and the process is gone, so that the next start finds the name free. */
  async shutDown(): Promise<void> {
    const broker = this.#broker;
    this.#broker = null;
    if (broker === null) return;
    const beam = await this.beamPid();
    broker.kill('SIGTERM');
    await exited(broker, STOPS_WITHIN_MS);
    if (beam !== null) await until('RabbitMQ ends', () => !isAlive(beam), STOPS_WITHIN_MS);
  }

  /** kill -9 of the broker and all it runs. */
  async kill(): Promise<void> {
    const broker = this.#broker;
    this.#broker = null;
    if (broker === null) return;
    const beam = await this.beamPid();
    killGroup(broker);
    await exited(broker, STOPS_WITHIN_MS);
    if (beam !== null) await until('RabbitMQ ends', () => !isAlive(beam), STOPS_WITHIN_MS);
  }

  /** What it had on disk is gone; it must not be running. */
  async forget(): Promise<void> {
    await rm(path.join(this.folder, 'data'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.kill();
    const epmd = this.#epmd;
    this.#epmd = null;
    if (epmd !== null) {
      killGroup(epmd);
      await exited(epmd, STOPS_WITHIN_MS);
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async startEpmd(): Promise<ChildProcess> {
    // Started by us: RabbitMQ's own attempt fails on some machines, and leaves a daemon behind on others.
    const epmd = spawnWithUs('epmd', ['-address', '127.0.0.1', '-port', String(this.ports.epmd)], { env: this.env(), folder: this.folder, log: 'ignore' });
    await once(epmd, 'spawn');
    return epmd;
  }

  private async configure(): Promise<void> {
    await mkdir(path.join(this.folder, 'home'), { recursive: true });
    await writeFile(path.join(this.folder, 'enabled_plugins'), '[rabbitmq_management].\n');
    await writeFile(
      path.join(this.folder, 'rabbitmq.conf'),
      [
        `default_user = ${USER}`,
        `default_pass = ${PASSWORD}`,
        'vm_memory_high_watermark.absolute = 1GB',
        'disk_free_limit.absolute = 50MB',
        'log.file.level = warning',
        'management.tcp.ip = 127.0.0.1',
        `management.tcp.port = ${this.ports.management}`,
        'management_agent.disable_metrics_collector = true',
        '',
      ].join('\n'),
    );
  }

  private env(): NodeJS.ProcessEnv {
    const within = (name: string): string => path.join(this.folder, name);
    return {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      HOME: within('home'),
      RABBITMQ_NODENAME: `sync-hub-${this.ports.amqp}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(this.ports.amqp),
      RABBITMQ_DIST_PORT: String(this.ports.dist),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(this.ports.epmd),
      RABBITMQ_MNESIA_BASE: within('data'),
      RABBITMQ_LOG_BASE: within('log'),
      RABBITMQ_SCHEMA_DIR: within('schema'),
      RABBITMQ_GENERATED_CONFIG_DIR: within('generated'),
      RABBITMQ_CONFIG_FILE: within('rabbitmq.conf'),
      RABBITMQ_ADVANCED_CONFIG_FILE: within('advanced.config'),
      RABBITMQ_ENABLED_PLUGINS_FILE: within('enabled_plugins'),
      RABBITMQ_PID_FILE: within('pid'),
      RABBITMQ_CONF_ENV_FILE: '/nonexistent',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    };
  }

  private async beamPid(): Promise<number | null> {
    const pid = Number(await readFile(path.join(this.folder, 'pid'), 'utf8').catch(() => ''));
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  }
}

async function exited(child: ChildProcess, withinMs: number): Promise<void> {
  child.ref();
  await until('the process ends', () => child.exitCode !== null || child.signalCode !== null, withinMs);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Different from each other: all are held until the last is known. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
