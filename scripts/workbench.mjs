/** The console's workbench: `apps/console/front` made into files for a browser, in `apps/console/dist/front`, where there are none yet of these sources. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run, seconds } from './programs.mjs';

const FRONT = path.join(root, 'apps/console/front');
const BUILT = path.join(root, 'apps/console/dist/front');
const STAMP = path.join(BUILT, '.built-of');
/** What else the files are made of: the versions of packages, how they are built, the shapes that the desk tells. */
const ALSO = [
  'package-lock.json',
  'scripts/workbench.mjs',
  'libs/contracts/src/board.ts',
  'libs/contracts/src/configuration-desk.ts',
  'libs/contracts/src/conflict-desk.ts',
  'libs/contracts/src/held-desk.ts',
  'libs/contracts/src/own-desk.ts',
  'libs/contracts/src/record-desk.ts',
  'tsconfig.base.json',
];

/** Builds it where that is needed, and says so in one line; rejects where it cannot be built. */
export async function buildWorkbench() {
  const sources = await digestOfSources();
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === sources) return;
  const started = Date.now();
  // In a process of its own: packages look at NODE_ENV for what they are built for, and a test run has another.
  const code = await run(process.execPath, [fileURLToPath(import.meta.url)], { env: { ...process.env, NODE_ENV: 'production' } });
  if (code !== 0) throw new Error('the workbench cannot be built: its own words are above');
  await writeFile(STAMP, sources);
  console.log(`The console's workbench is built (${seconds(started)}).`);
}

async function buildNow() {
  const { build } = await import('vite');
  await build({
    root: FRONT,
    base: '/workbench/',
    configFile: false,
    logLevel: 'warn',
    css: { preprocessorOptions: { scss: { quietDeps: true } } },
    // Nothing stands in the page itself: its policy lets no script, style or image in that is not a file of ours.
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Packages say "use client" for servers that render; there is none here.
      rolldownOptions: { checks: { pluginTimings: false }, onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning) },
    },
  });
}

async function digestOfSources() {
  const hash = createHash('sha256');
  const front = (await readdir(FRONT, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = [...front.map(({ parentPath, name }) => path.join(parentPath, name)), ...ALSO.map((file) => path.join(root, file))];
  for (const file of files.sort())
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildNow();
