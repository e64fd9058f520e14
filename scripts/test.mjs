/**
 * `npm test [-- files or Jest's options]`: installs what is missing, checks the types, and runs every kind of test once.
 * The last line is `N passed, N failed, N skipped`; what could not be run is named in the lines before it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { installWhatIsMissing } from './install.mjs';
import { root, runTool, seconds } from './programs.mjs';

const UNIT_ONLY = ['--testPathIgnorePatterns', '/node_modules/', '\\.int\\.spec\\.ts$', '<rootDir>/test/'];
const MOST_WORKERS = 5;
const LONGEST_SHOWN = 40;
const WORTH_TELLING_S = 60;
const SAYS_HOW_MANY = /^(--maxWorkers|-w|--runInBand|-i)\b/;

const args = process.argv.slice(2);
const unitOnly = args.includes('--unit');
const chosen = args.filter((each) => each !== '--unit');

await installWhatIsMissing();
const typesHold = await checkTypes();
const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-test-run-'));
try {
  process.exitCode = await runTests();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function checkTypes() {
  const started = Date.now();
  const compiled = [await runTool('typescript/bin/tsc', ['--noEmit']), await runTool('typescript/bin/tsc', ['--noEmit', '-p', 'apps/console/front'])];
  const holds = compiled.every((code) => code === 0);
  console.log(holds ? `Types hold (${seconds(started)}).` : 'The types do not hold; the tests run all the same.');
  return holds;
}

async function runTests() {
  const results = path.join(folder, 'results.json');
  const notes = path.join(folder, 'notes.jsonl');
  // One more than there are cores: much of what the longest files do is wait.
  const workers = chosen.some((each) => SAYS_HOW_MANY.test(each)) ? [] : [`--maxWorkers=${Math.min(MOST_WORKERS, availableParallelism() + 1)}`];
  const options = ['--json', `--outputFile=${results}`, ...workers, ...chosen, ...(unitOnly ? UNIT_ONLY : [])];
  const env = { ...process.env, SYNC_HUB_TEST_NOTES: notes };
  const code = await runTool('jest/bin/jest.js', options, { env });
  const outcome = await readFile(results, 'utf8').then(JSON.parse, () => undefined);
  const said = (await readFile(notes, 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return report({ code, outcome, said });
}

function report({ code, outcome, said }) {
  // A file that does not load fails as a whole and has no tests to count.
  const failed = (outcome?.numFailedTests ?? 0) + (outcome?.numRuntimeErrorTestSuites ?? 0);
  const skipped = (outcome?.numPendingTests ?? 0) + (outcome?.numTodoTests ?? 0);
  const passed = outcome?.numPassedTests ?? 0;
  console.log('');
  for (const line of longest(outcome)) console.log(line);
  for (const { text } of said.filter(({ kind }) => kind === 'used')) console.log(`Ran on ${text}.`);
  for (const { text } of said.filter(({ kind }) => kind === 'missing')) console.log(`!!! NOT RUN: ${text}`);
  for (const line of skippedByFile(outcome)) console.log(`!!! SKIPPED: ${line}`);
  if (!typesHold) console.log('!!! THE TYPES DO NOT HOLD: see the first lines.');
  if (passed + failed === 0) console.log(`!!! NO TEST RAN${outcome === undefined ? ', or Jest did not come to its end: its own words are above' : ''}.`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return code === 0 && typesHold && outcome?.success === true && failed === 0 && passed > 0 ? 0 : 1;
}

/** Where the time went: files that ran at once count each. */
function longest(outcome) {
  const files = (outcome?.testResults ?? []).map(({ name, startTime, endTime }) => ({ file: path.relative(root, name), s: (endTime - startTime) / 1000 }));
  const all = files.reduce((sum, { s }) => sum + s, 0);
  const most = files.sort((a, b) => b.s - a.s).slice(0, LONGEST_SHOWN);
  return all < WORTH_TELLING_S
    ? []
    : [`${files.length} files took ${all.toFixed(0)} s in all; the longest:`, ...most.map(({ file, s }) => `  ${s.toFixed(0)} s  ${file}`)];
}

function skippedByFile(outcome) {
  return (outcome?.testResults ?? []).flatMap(({ name, assertionResults }) => {
    const left = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed');
    return left.length === 0 ? [] : [`${left.length} in ${path.relative(root, name)}, the first: ${left[0].fullName}`];
  });
}
