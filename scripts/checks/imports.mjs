import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { projectFiles } from './files.mjs';

const TREES = ['libs', 'apps', 'test'];

/** Which way imports point. Files that the cruiser did not see are a problem of their own: it would pass on none. */
export async function checkImports(root) {
  const { default: config } = await import(pathToFileURL(path.join(root, '.dependency-cruiser.mjs')).href);
  const options = { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true, baseDir: root };
  const { output } = await cruise(TREES, options, config.options.enhancedResolveOptions);
  const seen = new Set(output.modules.map(({ source }) => source));
  const meant = projectFiles(root).filter((file) => /^(libs|apps|test)\/.*\.ts$/.test(file));
  return {
    name: 'which way imports point',
    seen: meant.filter((file) => seen.has(file)).length,
    problems: [
      ...meant.filter((file) => !seen.has(file)).map((file) => `${file}: not looked at`),
      ...output.summary.violations.map(({ rule, from, to }) => `${from}: ${rule.name} (imports ${to})`),
    ],
  };
}
