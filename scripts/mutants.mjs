/**
 * `npm run mutants [-- pattern]`: takes every mechanism of `test/mechanisms` out in turn, and sees its test go red; or those alone whose name, source
 * or test fits the pattern.
 */
import path from 'node:path';
import { run } from './programs.mjs';

process.env.SYNC_HUB_MUTANTS = process.argv[2] ?? '.';
process.exitCode = await run(process.execPath, [path.join(import.meta.dirname, 'test.mjs'), 'test/mechanisms']);
