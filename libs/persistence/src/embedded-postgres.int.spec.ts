import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseNotStartedError, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

const asRoot = process.getuid?.() === 0;

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('not within the deadline');
    await delay(20);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sync-hub-embedded-'));
  const dataDir = path.join(folder, 'data');
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await startEmbeddedPostgres({ dataDir });
    await ask(server.url, 'create table kept (id int primary key); insert into kept values (1)');
  }, 60_000);

  afterEach(async () => {
    if (server.pid === undefined) await server.restart();
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('keeps what it is told durably, as text that is compared by code point', async () => {
    const [row] = await ask(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, pg_encoding_to_char(encoding) as encoding, datcollate as collate
       from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({ fsync: 'on', commit: 'on', encoding: 'UTF8', collate: 'C' });
  });

  it('is reached from this machine only, with a password that nobody else can read', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const [refused] = await once(connect(server.port, address), 'error');
      expect((refused as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
    }
    await expect(ask(server.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const password = path.join(dataDir, 'cluster', 'sync-hub.password');
    expect(server.url).toContain(readFileSync(password, 'utf8'));
    expect(statSync(password).mode & 0o077).toBe(0);
    expect(await ask(server.url, "select current_setting('unix_socket_directories') as folders")).toEqual([{ folders: '' }]);
  });

  it('does not run as root', () => {
    const [, owner] = spawnSync('ps', ['-o', 'uid=', '-p', String(server.pid)], { encoding: 'utf8' }).stdout.match(/(\d+)/) ?? [];
    const uid = owner ?? String(statSync(`/proc/${server.pid}`).uid);
    expect(Number(uid)).not.toBe(0);
  });

  it('holds its data over a kill -9 and a restart, on the same address', async () => {
    const { url, pid } = server;
    await server.kill();
    expect(isAlive(Number(pid))).toBe(false);
    await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.restart();
    expect(server.url).toBe(url);
    expect(await ask(url, 'select id from kept')).toEqual([{ id: 1 }]);
  }, 60_000);

  it('comes back when it dies by itself', async () => {
    const { url, pid } = server;
    process.kill(Number(pid), 'SIGKILL');
    await until(() => server.pid !== undefined && server.pid !== pid);
    await until(() =>
      ask(url, 'select 1').then(
        () => true,
        () => false,
      ),
    );
    expect(await ask(url, 'select id from kept')).toEqual([{ id: 1 }]);
  }, 60_000);

  it('is not misled by a process id in postmaster.pid that belongs to somebody else by now', async () => {
    await server.kill();
    const file = path.join(dataDir, 'cluster', 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    const bystander = spawn('/bin/sh', ['-c', 'read -r _'], { stdio: ['pipe', 'ignore', 'ignore'], ...(asRoot && { uid: statSync(file).uid }) });
    writeFileSync(file, [String(bystander.pid), ...lines.slice(1)].join('\n'));
    const again = await startEmbeddedPostgres({ dataDir });
    expect(await ask(again.url, 'select id from kept')).toEqual([{ id: 1 }]);
    await again.stop();
    bystander.stdin?.end();
    await once(bystander, 'exit');
  }, 60_000);

  it('refuses a folder that another server is running on, and leaves that one alone', async () => {
    const before = server.pid;
    await expect(startEmbeddedPostgres({ dataDir, previousEndsWithinMs: 300 })).rejects.toThrow(/another PostgreSQL is running/);
    expect(server.pid).toBe(before);
    expect(await ask(server.url, 'select id from kept')).toEqual([{ id: 1 }]);
  }, 60_000);

  it('ends when its owner is killed, and its data can be opened again', async () => {
    const folderOfItsOwn = path.join(folder, 'orphan');
    const loader = new URL('../../../scripts/typescript.mjs', import.meta.url).href;
    const subject = new URL('./embedded-postgres.ts', import.meta.url).href;
    const program = `const { startEmbeddedPostgres } = await import(${JSON.stringify(subject)});
      console.log((await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folderOfItsOwn)} })).pid);
      process.stdin.resume();`;
    const owner = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
    const [pid] = (await once(owner.stdout, 'data')) as [Buffer];
    owner.kill('SIGKILL');
    await until(() => !isAlive(Number(pid.toString())));
    const again = await startEmbeddedPostgres({ dataDir: folderOfItsOwn });
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await again.stop();
  }, 60_000);

  it('writes no row into its log', async () => {
    await expect(ask(server.url, 'insert into kept values (1)')).rejects.toMatchObject({ code: '23505' });
    await expect(ask(server.url, "select 'Marked Name'::int")).rejects.toMatchObject({ code: '22P02' });
    expect(readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/Marked Name|kept/);
  });
});

describe('the embedded PostgreSQL, where it cannot run', () => {
  (asRoot ? it : it.skip)('names the folder that the server may not enter', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sync-hub-closed-'));
    try {
      const start = startEmbeddedPostgres({ dataDir: path.join(folder, 'deep', 'data') });
      await expect(start).rejects.toThrow(DatabaseNotStartedError);
      await expect(start).rejects.toThrow(`may not enter ${folder} on the way`);
      expect(existsSync(path.join(folder, 'deep', 'data', 'cluster'))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
