import type { Work } from './acts.js';
import { ConvergenceRun, type RunOptions } from './convergence-run.js';
import type { HubShape } from './hub-shape.js';

/** Is this a long run, and not one of every test run? */
export const IS_LONG = process.env['SYNC_HUB_CHAOS'] !== undefined;

/** Random changes in one run: forty in every run of the tests, or `SYNC_HUB_CHAOS` hundreds. */
export const CHANGES = !IS_LONG ? 40 : 100 * Number(process.env['SYNC_HUB_CHAOS']);

/** Care too, visits, encounters and obs; `SYNC_HUB_CARE=0` leaves it out. What these runs have found, and how many were clean, stands in docs/status.md. */
export const WORK: Work = process.env['SYNC_HUB_CARE'] !== '0' ? 'care' : 'people';

/** Which changes: `SYNC_HUB_SEED` chooses others. */
export const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';

/**
 * Lives through one run, tells of it in one line, and answers what is not as it must be: nothing, if all is well. Where all is well although much is asked, what is
 * asked is answered, and all is looked at again.
 */
export async function findingsOf<Shape extends HubShape>(options: RunOptions<Shape>): Promise<string> {
  const run = await ConvergenceRun.start(options);
  try {
    await run.live();
    process.stdout.write(`${await run.summary()}\n`);
    const findings = await run.findings();
    if (findings !== '') return findings;
    if (!IS_LONG) for (const site of run.sites) site.faults.heal();
    await run.answer(IS_LONG ? 2 : 1);
    process.stdout.write(`${run.summaryOfAnswers()}\n`);
    return await run.findings();
  } finally {
    await run.stop();
  }
}
