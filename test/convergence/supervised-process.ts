import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '@sync-hub/messaging/testing';

export interface ProcessToSupervise {
  readonly name: string;
  /** From the root of the project: TypeScript as it stands, or what the build made of it. */
  readonly script: string;
  readonly nodeOptions?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const STARTS_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 20_000;

/** A service as a process of its own, its log in a file; started again whenever it dies, as Kubernetes would. It ends with us. */
export class SupervisedProcess {
  #child: ChildProcess;
  #wanted = true;
  starts = 0;

  constructor(private readonly process: ProcessToSupervise) {
    this.#child = this.#spawn();
  }

  /** The log tells of this event so often as it was started, or more often. */
  async started(): Promise<void> {
    await until(`${this.process.name} starts`, async () => (await this.log()).split('"services-started"').length - 1 >= this.starts, STARTS_WITHIN_MS);
  }

  log(): Promise<string> {
    return readFile(this.process.logFile, 'utf8');
  }

  /** kill -9; it is started again at once. */
  async kill(): Promise<void> {
    const child = this.#child;
    const ended = once(child, 'exit');
    if (child.kill('SIGKILL')) await ended;
  }

  /** Asked to end, as Kubernetes asks; answers with its exit code. It is started again at once. */
  async endOnce(): Promise<number | null> {
    const child = this.#child;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    return code;
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  #spawn(): ChildProcess {
    const log = openSync(this.process.logFile, 'a', 0o600);
    const { script, nodeOptions = [] } = this.process;
    const loader = script.endsWith('.ts') ? ['--import', path.join(ROOT, 'scripts/typescript.mjs')] : [];
    const child = spawn(process.execPath, [...nodeOptions, ...loader, path.join(ROOT, script)], {
      cwd: ROOT,
      env: this.process.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.starts += 1;
    endWithUs(child);
    child.once('exit', () => {
      if (this.#wanted) this.#child = this.#spawn();
    });
    return child;
  }
}

/** A shell that waits for our end of a pipe to close, which it does even when we are killed, and then ends the process. */
function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const leash = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$0" 2>/dev/null', String(child.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  leash.unref();
  leash.stdin?.on('error', () => undefined);
  (leash.stdin as { unref?: () => void } | null)?.unref?.();
  child.once('exit', () => leash.kill('SIGKILL'));
}
