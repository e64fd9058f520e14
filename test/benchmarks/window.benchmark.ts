import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FieldProcess } from './field-process.js';
import { HubRun } from './hub-run.js';
import { percentile } from './report.js';
import { prepareGround } from './shapes.js';

/** `npm run bench -- window [--changes 100]`: how long a person at the target can edit what is being written without anybody seeing it. */
const { values } = parseArgs({ strict: false, options: { changes: { type: 'string', default: '100' } } });
const CHANGES = Number(values['changes']);
const ANSWERS_MS = [0, 100, 500];
const EVERY_MS = 100;
const CAP = 6;

const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-window-'));
// PostgreSQL runs as another user where we are root, and must reach its data.
await chmod(folder, 0o755);
const field = new FieldProcess();
try {
  const addresses = await field.ask('start', { records: CHANGES, entriesPerPage: 100 });
  const ground = await prepareGround({ shape: 'standalone', folder: path.join(folder, 'standalone'), ownDatabase: true });
  try {
    const run = await HubRun.prepare({ ground, field, addresses, built: true, say: () => undefined }, CAP);
    try {
      process.stdout.write('| answers after, ms | writes | p50, ms | p95, ms | longest, ms | requests in between |\n| --- | --- | --- | --- | --- | --- |\n');
      for (const answerMs of ANSWERS_MS) {
        const windows = await run.windows(CHANGES, EVERY_MS, answerMs);
        const ms = windows.map((window) => window.ms).sort((a, b) => a - b);
        const between = Math.max(...windows.map((window) => window.between));
        const cells = [answerMs, windows.length, ...[percentile(ms, 0.5), percentile(ms, 0.95), ms.at(-1) ?? Number.NaN].map((one) => one.toFixed(0)), between];
        process.stdout.write(`| ${cells.join(' | ')} |\n`);
      }
    } finally {
      await run.close();
    }
  } finally {
    await ground.leave();
  }
} finally {
  await field.stop();
  await rm(folder, { recursive: true, force: true });
}
