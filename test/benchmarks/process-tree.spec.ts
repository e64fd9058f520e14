import { describe, expect, it } from '@jest/globals';
import { cpuOf } from './meter.js';
import { fromStat, memoryOf, processes, treeOf } from './process-tree.js';

const of = (pid: number, parent: number) => ({ pid, parent, cpuMs: 0, command: '' });

describe('what processes cost', () => {
  it('reads parent and CPU time behind a name with blanks and brackets', () => {
    const stat = '42 (a (very) odd name) S 7 42 42 0 -1 4194560 100 0 0 0 120 30 4 6 20 0 1 0 1000 1 1';
    expect(fromStat(stat)).toEqual({ parent: 7, cpuMs: 1600 });
  });

  it('knows all that descend from a process, and nobody else', () => {
    const all = [of(1, 0), of(10, 1), of(11, 10), of(12, 11), of(20, 1)];
    expect(treeOf(10, all).map(({ pid }) => pid)).toEqual([10, 11, 12]);
  });

  it('counts the time of a process once, whether it still runs or has ended and left its time to its parent', () => {
    const running = [
      { component: 'PostgreSQL', cpuMs: 100 },
      { component: 'PostgreSQL', cpuMs: 900 },
    ];
    const ended = [{ component: 'PostgreSQL', cpuMs: 100 + 900 }];
    expect(cpuOf(ended)).toEqual(cpuOf(running));
  });

  it('finds this very process with what it has used', async () => {
    const own = (await processes()).find(({ pid }) => pid === process.pid);
    expect(own?.cpuMs).toBeGreaterThan(0);
    expect(await memoryOf(process.pid)).toBeGreaterThan(10 * 1024 * 1024);
  });
});
