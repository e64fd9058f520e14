/**
 * `npm run lint`: every rule a machine can hold. Each check says how many files it saw and fails when it saw none.
 * `--root <folder>` looks at another copy of the project, `--only <words>` runs the checks whose name has these words.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installWhatIsMissing } from './install.mjs';
import { root as here, seconds } from './programs.mjs';

const { values } = parseArgs({ options: { root: { type: 'string', default: here }, only: { type: 'string', default: '' } } });
await installWhatIsMissing();

const { checkWithBiome } = await import('./checks/biome.mjs');
const { checkImports } = await import('./checks/imports.mjs');
const { checkBrowserImports } = await import('./checks/browser-imports.mjs');
const { checkEnvironment } = await import('./checks/environment.mjs');
const { checkPackages } = await import('./checks/packages.mjs');
const { checkLengths } = await import('./checks/lengths.mjs');
const { checkMachinePaths } = await import('./checks/machine-paths.mjs');
const { checkGenerated } = await import('./checks/generated.mjs');

const started = Date.now();
let failures = 0;
let ran = 0;
for (const check of [checkWithBiome, checkImports, checkBrowserImports, checkEnvironment, checkPackages, checkLengths, checkMachinePaths, checkGenerated]) {
  if (!check.name.toLowerCase().includes(values.only.toLowerCase())) continue;
  const { name, seen, problems } = await check(path.resolve(values.root));
  const found = seen === 0 ? [...problems, 'saw no file at all'] : problems;
  for (const problem of found) console.log(`  ${problem}`);
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${seen} files seen, ${found.length} problems`);
  failures += found.length;
  ran += 1;
}
console.log(`${failures} problems (${seconds(started)})`);
process.exitCode = failures === 0 && ran > 0 ? 0 : 1;
