/** `npm run bench [-- words]`: runs the benchmarks of test/benchmarks one after another, those whose name has one of the words. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { installWhatIsMissing } from './install.mjs';
import { root, runTypeScript } from './programs.mjs';

const FOLDER = 'test/benchmarks';

await installWhatIsMissing();
const words = process.argv.slice(2);
const files = (await readdir(path.join(root, FOLDER)).catch(() => [])).filter((file) => file.endsWith('.benchmark.ts'));
const chosen = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (chosen.length === 0) {
  console.error(`No benchmark in ${FOLDER} (*.benchmark.ts)${words.length === 0 ? '' : ` has ${words.join(' or ')} in its name`}.`);
  process.exitCode = 1;
}
for (const file of chosen) {
  console.log(`\n${file}`);
  process.exitCode ||= await runTypeScript(`${FOLDER}/${file}`, []);
}
