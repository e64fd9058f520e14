import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BIOME = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const FINDING = /^::\w+ title=([^,]+),file=([^,]+),line=(\d+)[^:]*::(.*)$/gm;

/** Format and lint rules of biome.json, a line each; `npx biome check <file>` shows the code. */
export async function checkWithBiome(root) {
  const options = ['check', '--error-on-warnings', '--max-diagnostics=none', '--reporter=github', '--reporter=summary', '--colors=off'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIOME, ...options], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const seen = Number(/Checked (\d+) files?/.exec(`${stdout}${stderr}`)?.[1] ?? 0);
  const found = [...stdout.matchAll(FINDING)].map(([, rule, file, line, text]) => `${path.relative(root, path.resolve(root, file))}:${line}: ${rule}: ${text}`);
  const problems = status !== 0 && found.length === 0 ? [`Biome itself fails: ${stderr.slice(0, 2000)}`] : found;
  return { name: 'format and lint rules', seen, problems: problems.length === 0 ? [] : [...problems, '"npm run fix" mends the format and what is safe'] };
}
