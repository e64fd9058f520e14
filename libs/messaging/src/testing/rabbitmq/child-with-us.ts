import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  /** A folder of the child's own: it goes when we go without having removed it. */
  readonly folder: string;
  /** Where its output goes. */
  readonly log: number | 'ignore';
}

/**
 * A child in a group of its own, so that Ctrl-C reaches us first. It ends with us: a shell beside it waits for the end of a pipe that only we
 * hold open, and then kills the group and removes the folder, even when we went by kill -9.
 */
export function spawnWithUs(program: string, args: string[], { env, folder, log }: ChildOptions): ChildProcess {
  const child = spawn(program, args, { env, cwd: folder, detached: true, stdio: ['ignore', log, log] });
  child.unref();
  if (child.pid === undefined) return child;
  // `kill -s KILL --` and not `kill -KILL --`: dash, Debian's sh, knows only the first.
  const script = 'read -r _; kill -s KILL -- "-$0"; cd / && rm -rf -- "$1"';
  const guard = spawn('/bin/sh', ['-c', script, String(child.pid), folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  child.once('exit', () => guard.kill('SIGKILL'));
  return child;
}

/** kill -9 of a child and all it runs. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
