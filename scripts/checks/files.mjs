import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every file of the project, relative, committed or about to be; what git ignores is not ours. */
export function projectFiles(root) {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return [...new Set(list.split('\0'))].filter((file) => file !== '' && existsSync(path.join(root, file))).sort();
}

export const textOf = (root, file) => readFileSync(path.join(root, file), 'utf8');

export const jsonOf = (root, file) => JSON.parse(textOf(root, file));

/** Code that people write. */
export const isCode = (file) => /\.(ts|tsx|mts|mjs|js)$/.test(file);

/** Tests and what is for tests only. */
export const isForTests = (file) => /\.(spec|bench)\.tsx?$|\/src\/testing\/|^test\//.test(file);
