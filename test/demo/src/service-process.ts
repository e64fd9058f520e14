import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { entryOf, linesOf, readable } from './log-lines.js';

const STARTS_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 20_000;
const LAST_LINES = 8;

export interface ServiceToStart {
  readonly name: string;
  /** Its `dist/main.js`. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** One service as a process of its own, its log in a file. It ends with us, however we end. */
export class ServiceProcess {
  /** Rejects when it dies without having been asked to, naming it with the last lines of its log. */
  readonly died: Promise<never>;
  private asked = false;

  private constructor(
    private readonly service: ServiceToStart,
    private readonly child: ChildProcess,
  ) {
    this.died = new Promise((_, reject) => {
      child.once('error', () => reject(new Error(`${service.name} could not be started`)));
      child.once('exit', (code, signal) => {
        if (!this.asked) void this.lastWords(signal === null ? `it ended by itself with code ${code}` : `it was killed by ${signal}`).then(reject);
      });
    });
    this.died.catch(() => undefined); // heard by whoever waits for it
  }

  static start(service: ServiceToStart): ServiceProcess {
    const log = openSync(service.logFile, 'a', 0o600);
    // A group of its own: Ctrl-C in a terminal reaches us, and the services through us.
    const child = spawn(process.execPath, [service.script], { env: service.env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    endWithUs(child);
    return new ServiceProcess(service, child);
  }

  /** The first line of its log that tells of this event. Rejects where the process dies before, or takes too long. */
  async tells(event: string): Promise<Readonly<Record<string, unknown>>> {
    const deadline = Date.now() + STARTS_WITHIN_MS;
    const look = async (): Promise<Readonly<Record<string, unknown>>> => {
      for (;;) {
        const found = (await linesOf(this.service.logFile)).map(entryOf).find((entry) => entry?.['event'] === event);
        if (found) return found;
        if (Date.now() > deadline || this.hasEnded) throw await this.lastWords(`it did not come to "${event}" in ${STARTS_WITHIN_MS / 1000} s`);
        await pause(50);
      }
    };
    return Promise.race([look(), this.died]);
  }

  /** Asks it to end; makes it where it does not. */
  async stop(withinMs = STOPS_WITHIN_MS): Promise<void> {
    this.asked = true;
    if (this.hasEnded || this.child.pid === undefined) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    if ((await Promise.race([ended, pause(withinMs, null, { ref: false })])) !== null) return;
    this.child.kill('SIGKILL');
    await ended;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async lastWords(how: string): Promise<Error> {
    const last = readable((await linesOf(this.service.logFile).catch(() => [])).slice(-LAST_LINES)).map((line) => `  ${line}`);
    const said = last.length === 0 ? 'It has written nothing.' : `The last lines of its log:\n${last.join('\n')}`;
    return new Error(`${this.service.name} (process ${this.child.pid ?? 'without a number'}) died: ${how}. ${said}`);
  }
}

/** A shell that waits for our end of a pipe to close, which it does even when we are killed, and then asks the process to end. */
function endWithUs(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) return;
  const leash = spawn('/bin/sh', ['-c', 'read -r _; kill -TERM "$0"', String(child.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  leash.unref();
  leash.stdin?.on('error', () => undefined);
  child.once('exit', () => leash.kill('SIGKILL'));
}
