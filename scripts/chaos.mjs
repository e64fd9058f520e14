/** `npm run chaos`: the convergence runs with a thousand changes each; `SYNC_HUB_CHAOS` and `SYNC_HUB_SEED` choose others, `SYNC_HUB_CARE=0` leaves visits, encounters and obs out. */
import path from 'node:path';
import { run } from './programs.mjs';

process.env.SYNC_HUB_CHAOS ??= '10';
process.exitCode = await run(process.execPath, [path.join(import.meta.dirname, 'test.mjs'), 'test/convergence']);
