import { describe, expect, it, jest } from '@jest/globals';
import { ConvergenceRun, type Trouble } from './convergence-run.js';
import { type KillableShape, killableShape, servicesShape } from './services-shape.js';
import { standaloneShape } from './standalone-shape.js';
import { away, brokerForgets, brokerKilled, databaseKilled, everyServiceKilled } from './troubles.js';

jest.setTimeout(1_200_000);
const N = Number(process.env['N'] ?? 100);
const seed = process.env['SEED'] ?? 's1';
const KILLS: readonly Trouble<KillableShape>[] = [...everyServiceKilled(0.05, 0.4), brokerKilled(0.45), databaseKilled(0.65), brokerForgets(0.8)];
const runs: Record<string, () => Promise<ConvergenceRun>> = {
  standalone: () => ConvergenceRun.start({ seed, shape: standaloneShape(), changes: N, meanwhile: [away('kisumu', 0.2, 4000), away('central', 0.6, 3000)] }),
  services: () => ConvergenceRun.start({ seed, shape: servicesShape, changes: N }) as never,
  kill: () => ConvergenceRun.start({ seed, shape: killableShape, changes: N, everyMs: 80, meanwhile: KILLS }) as never,
};

describe('a parent and two children, after random changes at all three', () => {
  it('hold the same everywhere or ask about it once, and no typed value is lost', async () => {
    const run = await runs[process.env['SHAPE'] ?? 'standalone']!();
    try {
      await run.live();
      process.stdout.write(`${await run.summary()}\n`);
      expect(await run.findings()).toBe('');
    } finally {
      (await import('node:fs')).writeFileSync('/tmp/hub.log', await run.shape.log());
      await run.stop();
    }
  });
});
