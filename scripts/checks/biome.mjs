import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BIOME = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/** Format and lint rules of biome.json; its own words go to the terminal, for it shows code. */
export async function checkWithBiome(root) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIOME, 'check', '--error-on-warnings', '--max-diagnostics=100', '--colors=off'], {
    cwd: path.resolve(root),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) process.stdout.write(stderr);
  const seen = Number(/Checked (\d+) files?/.exec(`${stdout}${stderr}`)?.[1] ?? 0);
  const files = [...stderr.matchAll(/^(\S+?)(?::\d+:\d+)? (lint|format|assist|parse|check|suppressions)\S*/gm)].map(([, file, kind]) => `${file}: ${kind}`);
  return {
    name: 'format and lint rules',
    seen,
    problems: status === 0 ? [] : [...new Set(files), 'see above; "npm run fix" mends the format and what is safe'],
  };
}
