/** `node scripts/run.mjs [--watch] <file.ts> [its arguments]`: installs what is missing and runs TypeScript as it stands. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installWhatIsMissing } from './install.mjs';
import { root, runTypeScript } from './programs.mjs';
import { buildWorkbench } from './workbench.mjs';

const args = process.argv.slice(2);
const watch = args[0] === '--watch';
const [entry, ...rest] = watch ? args.slice(1) : args;

if (entry === undefined || !existsSync(path.join(root, entry))) {
  console.error(`There is no ${entry ?? 'file named'} to run.`);
  process.exit(1);
}
await installWhatIsMissing();
if (watch) await buildWorkbench();
process.exitCode = await runTypeScript(entry, rest, watch ? ['--watch', '--watch-preserve-output'] : []);
