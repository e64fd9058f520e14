import { readdir, readFile } from 'node:fs/promises';

/** One process as Linux tells of it. Milliseconds of CPU include those of children that have ended. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
  readonly command: string;
}

/** `getconf CLK_TCK`: 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** Every process of the machine; none where there is no /proc. */
export async function processes(): Promise<readonly ProcessFacts[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(factsOf))).flatMap((facts) => facts ?? []);
}

async function factsOf(pid: string): Promise<ProcessFacts | null> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]);
    return { pid: Number(pid), command: command.replaceAll('\0', ' '), ...fromStat(stat) };
  } catch {
    return null; // it has ended since
  }
}

/** Parent and CPU time of a line of `/proc/<pid>/stat`; the name in it may hold blanks and brackets (proc(5)). */
export function fromStat(stat: string): { readonly parent: number; readonly cpuMs: number } {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  // utime, stime, cutime, cstime: fields 14 to 17, of which the first two were cut off.
  const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
  return { parent, cpuMs: ticks * MS_PER_TICK };
}

/** A process and all that descend from it. */
export function treeOf(root: number, all: readonly ProcessFacts[]): readonly ProcessFacts[] {
  const own = all.filter(({ pid }) => pid === root);
  const below = (parent: number): readonly ProcessFacts[] => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return [...own, ...below(root)];
}

/** Bytes of memory of a process: its share of what it shares with others, else all that it has resident. */
export async function memoryOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
