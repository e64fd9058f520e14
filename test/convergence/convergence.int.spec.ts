import { describe, expect, it, jest } from '@jest/globals';
import { ConvergenceRun } from './convergence-run.js';
import { servicesShape } from './services-shape.js';
import { standaloneShape } from './standalone-shape.js';

jest.setTimeout(1_200_000);

describe('a parent and two children, after random changes at all three', () => {
  it('hold the same everywhere or ask about it once, and no typed value is lost', async () => {
    const run = await ConvergenceRun.start({ seed: process.env['SEED'] ?? 's1', shape: process.env['SHAPE'] === 'services' ? servicesShape : standaloneShape(), changes: Number(process.env['N'] ?? 100) });
    try {
      await run.live();
      process.stdout.write(`${await run.summary()}\n`);
      expect(await run.findings()).toBe('');
    } finally {
      await run.stop();
    }
  });
});
