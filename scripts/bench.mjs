/**
 * `npm run bench [-- words] [--options]`: builds, and runs the benchmarks of test/benchmarks one after another, those whose name has one of
 * the words; options go to them. `--write` puts the numbers into docs/performance.md.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { installWhatIsMissing } from './install.mjs';
import { root, runTool, runTypeScript, seconds } from './programs.mjs';
import { buildWorkbench } from './workbench.mjs';

const FOLDER = 'test/benchmarks';

await installWhatIsMissing();
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('--'));
const words = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
const files = (await readdir(path.join(root, FOLDER)).catch(() => [])).filter((file) => file.endsWith('.benchmark.ts'));
const chosen = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (chosen.length === 0) {
  console.error(`No benchmark in ${FOLDER} (*.benchmark.ts)${words.length === 0 ? '' : ` has ${words.join(' or ')} in its name`}.`);
  process.exitCode = 1;
} else if (await builds()) for (const file of chosen) process.exitCode ||= await runTypeScript(`${FOLDER}/${file}`, options);

/** What is measured is what runs in the field. */
async function builds() {
  const started = Date.now();
  if ((await runTool('typescript/bin/tsc', ['-b', 'tsconfig.build.json'])) !== 0) {
    console.error('The build failed; the compiler says why above.');
    process.exitCode = 1;
    return false;
  }
  await buildWorkbench();
  console.log(`Built in ${seconds(started)}.`);
  return true;
}
