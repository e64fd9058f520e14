import { describe, expect, it, jest } from '@jest/globals';
import { ConvergenceRun, type RunOptions } from './convergence-run.js';
import type { HubShape } from './hub-shape.js';
import { servicesShape } from './services-shape.js';
import { standaloneShape } from './standalone-shape.js';
import { away } from './troubles.js';

jest.setTimeout(1_200_000);

/** `SYNC_HUB_CHAOS=10 npm run chaos` makes ten times as many changes, and `SYNC_HUB_SEED` others. */
const CHANGES = 100 * Number(process.env['SYNC_HUB_CHAOS'] ?? 1);
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';

async function findingsOf<Shape extends HubShape>(options: RunOptions<Shape>): Promise<string> {
  const run = await ConvergenceRun.start(options);
  try {
    await run.live();
    process.stdout.write(`${await run.summary()}\n`);
    return await run.findings();
  } finally {
    await run.stop();
  }
}

describe('a parent and two children, after random changes at all three, hold the same everywhere or ask about it once, and no typed value is lost', () => {
  it('in one process, with sites that are away for a while', async () => {
    const meanwhile = [away('kisumu', 0.2, 4000), away('central', 0.6, 3000)];
    expect(await findingsOf({ seed: SEED, shape: standaloneShape(), changes: CHANGES, meanwhile })).toBe('');
  });

  it('as separate processes over RabbitMQ', async () => {
    expect(await findingsOf({ seed: SEED, shape: servicesShape, changes: CHANGES })).toBe('');
  });
});
