/** `npm run chaos`: the convergence runs with a thousand changes each; `SYNC_HUB_CHAOS` and `SYNC_HUB_SEED` choose others, `SYNC_HUB_CARE=1` adds visits, encounters and obs. */
import path from 'node:path';
import { run } from './programs.mjs';

process.env.SYNC_HUB_CHAOS ??= '10';
process.exitCode = await run(process.execPath, [path.join(import.meta.dirname, 'test.mjs'), 'test/convergence']);
