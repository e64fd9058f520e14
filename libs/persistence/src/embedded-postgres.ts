import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseNotStartedError } from './embedded/database-not-started.error.js';
import { type Cluster, DATABASE_USER, openCluster, SERVER_ENV } from './embedded/postgres-cluster.js';

export { DatabaseNotStartedError };

export interface EmbeddedPostgresOptions {
  /** A folder of its own, made if missing: the data, the password (readable by the server's user alone) and the server's log. */
  readonly dataDir: string;
  /** A free one unless given. It stays the same over a restart. */
  readonly port?: number;
  /** False only in tests: what was committed may then be lost with the machine's power. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  /** How long to wait for a server that a dead process of ours left behind on the folder, and that is shutting down. */
  readonly previousEndsWithinMs?: number;
}

/** A real PostgreSQL of our own, on 127.0.0.1 only, as a child process. It ends when we end, even by kill -9, and is started again when it dies by itself. */
export interface EmbeddedPostgres {
  /** With the password in it: not for logs. */
  readonly url: string;
  readonly port: number;
  readonly pid: number | undefined;
  /** In order: sessions are cut, everything is on disk. */
  stop(): Promise<void>;
  /** kill -9 of the server, for tests of what that must not harm. It stays down until `restart`. */
  kill(): Promise<void>;
  /** Stops it where it runs and starts it on the same data and port. */
  restart(): Promise<void>;
}

/** Starts PostgreSQL on a folder; works as root too (as user `postgres` or `nobody` then). @throws DatabaseNotStartedError */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const server = new Server(await openCluster(dataDir, options.previousEndsWithinMs), path.join(dataDir, 'postgres.log'), options);
  await server.start();
  return server;
}

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 30_000;
const REVIVES_AFTER_MS = 5_000;
const TRIES = 5;

class Server implements EmbeddedPostgres {
  port: number;
  private process: ChildProcess | undefined;
  private wanted = false;
  /** The address that others hold: from then on the port stays. */
  private told: string | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly log: string,
    private readonly options: EmbeddedPostgresOptions,
  ) {
    this.port = options.port ?? 0;
  }

  get url(): string {
    return this.urlOf(DATABASE_USER);
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  async start(): Promise<void> {
    this.wanted = true;
    for (let tried = 1; this.wanted; tried += 1) {
      if (this.port === 0) this.port = await freePort();
      const started = this.spawn();
      if (await this.answers(started)) return this.settle(started);
      if (tried === TRIES) throw await this.notStarted();
      if (this.options.port === undefined && this.url !== this.told) this.port = 0; // somebody may have taken it meanwhile
      await delay(200 * tried); // after a kill -9, orphaned backends hold the shared memory for a moment
    }
  }

  async stop(): Promise<void> {
    this.wanted = false;
    const running = this.process;
    if (running === undefined) return;
    running.ref();
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      running.kill(signal);
      if (await exited(running, STOPS_WITHIN_MS)) return;
    }
  }

  async kill(): Promise<void> {
    this.wanted = false;
    const running = this.process;
    if (running === undefined) return;
    running.ref();
    running.kill('SIGKILL');
    await exited(running, STOPS_WITHIN_MS);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private spawn(): ChildProcess {
    const { binaries, folder, user } = this.cluster;
    const log = openSync(this.log, 'a', 0o600);
    // A session of its own: Ctrl-C in a terminal must reach us, and the database through us, last.
    const started = spawn(binaries.postgres, ['-D', folder, ...settings(this.port, this.options)], {
      ...(user && { uid: user.uid, gid: user.gid }),
      cwd: folder,
      env: SERVER_ENV,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const leash = endWithUs(started);
    this.process = started;
    started.once('error', () => undefined); // shows as an exit without an answer
    started.once('exit', () => {
      leash?.kill('SIGKILL');
      if (this.process === started) this.process = undefined;
    });
    return started;
  }

  private settle(started: ChildProcess): void {
    this.told = this.url;
    started.once('exit', () => void this.revive());
    started.unref();
  }

  /** Whoever asks meanwhile hears that nobody answers; the log says why. */
  private async revive(): Promise<void> {
    while (this.wanted && this.process === undefined) {
      await this.start().catch(() => delay(REVIVES_AFTER_MS, undefined, { ref: false }));
    }
  }

  private async answers(started: ChildProcess): Promise<boolean> {
    const deadline = Date.now() + STARTS_WITHIN_MS;
    while (started.exitCode === null && started.signalCode === null && started.pid !== undefined && Date.now() < deadline) {
      if (await this.databaseIsThere()) return true;
      await delay(25);
    }
    started.kill('SIGKILL');
    return false;
  }

  private async databaseIsThere(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.urlOf('postgres'), connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const found = await client.query('select from pg_database where datname = $1', [DATABASE_USER]);
      if (found.rowCount === 0) await client.query(`create database ${DATABASE_USER}`);
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private urlOf(database: string): string {
    return `postgres://${DATABASE_USER}:${this.cluster.password}@127.0.0.1:${this.port}/${database}`;
  }

  private async notStarted(): Promise<DatabaseNotStartedError> {
    const said = (await readFile(this.log, 'utf8').catch(() => '')).trim().split('\n').slice(-3).join(' | ');
    return new DatabaseNotStartedError(`PostgreSQL does not start on ${this.cluster.folder}: ${said || 'it says nothing'}`);
  }
}

function settings(port: number, { durable = true, maxConnections = 100 }: EmbeddedPostgresOptions): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // An error's text can quote a row: only what ends a session or the server is written down.
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A shell that waits for our end of a pipe to close, which it does however we die, and then asks the server to stop. */
function endWithUs(server: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined;
  const leash = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(server.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  leash.unref();
  (leash.stdin as { unref?: () => void } | null)?.unref?.();
  leash.stdin?.on('error', () => undefined);
  return leash;
}

async function exited(running: ChildProcess, withinMs: number): Promise<boolean> {
  if (running.exitCode !== null || running.signalCode !== null) return true;
  return Promise.race([once(running, 'exit').then(() => true), delay(withinMs, false, { ref: false })]);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The address of the server that another process of ours runs on this folder now, `null` where none does. With the password in it: not for logs. */
export async function runningEmbeddedPostgres(dataDir: string): Promise<string | null> {
  const folder = path.join(path.resolve(dataDir), 'cluster');
  try {
    const [pid, password] = await Promise.all([
      readFile(path.join(folder, 'postmaster.pid'), 'utf8'),
      readFile(path.join(folder, 'sync-hub.password'), 'utf8'),
    ]);
    const port = Number(pid.split('\n')[3]);
    return Number.isInteger(port) && port > 0 ? `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${DATABASE_USER}` : null;
  } catch {
    return null;
  }
}
