/** `npm run matrix`: every kind of record by every client on every platform; a test run takes a selection in which all pairs are. */
import path from 'node:path';
import { run } from './programs.mjs';

process.env.SYNC_HUB_MATRIX ??= 'whole';
process.exitCode = await run(process.execPath, [path.join(import.meta.dirname, 'test.mjs'), 'test/matrix']);
