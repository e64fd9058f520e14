import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { circumstancesOf } from './circumstances.js';
import { report, withNumbers } from './report.js';
import type { ShapeName } from './shapes.js';
import { measure } from './throughput.js';

/** `npm run bench -- throughput [--records 5000] [--in-flight 6,128] [--shapes standalone,services] [--write]`. */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: process.env['SYNC_HUB_BENCH_RECORDS'] ?? '5000' },
    'in-flight': { type: 'string', default: '6,128' },
    shapes: { type: 'string', default: 'standalone,services' },
    'node-options': { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const PAGE = path.resolve(import.meta.dirname, '../../docs/performance.md');
const SAID_EVERY_MS = 5000;

let said = 0;
let saidOf = '';
function say(what: string, text: string): void {
  if (what === saidOf && Date.now() - said < SAID_EVERY_MS) return;
  [said, saidOf] = [Date.now(), what];
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${what}: ${text}\n`);
}

const records = Number(values.records);
const [loadBefore = Number.NaN] = loadavg();
const results = await measure({
  records,
  shapes: values.shapes.split(',') as ShapeName[],
  inFlight: values['in-flight'].split(',').map(Number),
  oneAtATime: Math.min(100, records),
  trickle: { changes: Math.min(300, records), everyMs: 100 },
  asInTheField: true,
  say,
  nodeOptions: values['node-options'].split(' ').filter((option) => option !== ''),
});
const numbers = report(results, circumstancesOf({ ...results.versions, loadBefore }));
process.stdout.write(`\n${numbers}\n`);
if (values.write) {
  await writeFile(PAGE, withNumbers(await readFile(PAGE, 'utf8'), numbers));
  process.stdout.write('\nWritten into docs/performance.md.\n');
} else process.stdout.write('\nWith --write these numbers take the place of those in docs/performance.md.\n');
